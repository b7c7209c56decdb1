extension Membership {
    /// What this member says about itself.
    public var own: MemberRecord { roster.entries[Roster.own].record }

    /// Everyone that is known, this member, the dead and the departed included, in the order of identities. O(n log n).
    public var members: [Member] { roster.members }

    /// One row of ``members``; `nil` when it is not known. O(1).
    public func member(_ id: MemberID) -> Member? { roster.slot(of: id).map { roster.entries[$0].member } }

    /// How many are alive or suspect, this one included.
    public var liveCount: Int { roster.liveCount }

    /// Stands for the living part of the view: equal digests, equal views.
    public var digest: ViewDigest { roster.digest }

    /// 0 when this member is well; up to ``Parameters/healthCeiling`` - 1 when it mistrusts itself.
    public var healthScore: Int { health.score }

    /// Members there is still news about to be told.
    public var pendingRumors: Int { rumors.count }

    /// What it has done since it began, for metrics.
    public var counters: Tally { tally }

    /// The version of the registry that this member holds; every datagram carries it. It is a hint that there is
    /// something to fetch, so a change is not gossiped as news of its own: a thousand members that follow one change
    /// of the registry would then tell a thousand pieces of news each.
    public var registryVersion: UInt64 {
        get { roster.entries[Roster.own].registryVersion }
        set {
            roster.noteRegistryVersion(Roster.own, newValue)
            newestRegistryVersion = max(newestRegistryVersion, newValue)
        }
    }

    /// Changes what this member says about itself, under a new incarnation, and tells everyone. `nil` keeps a part.
    /// Throws ``MembershipError/applicationLength(_:)``, and ``MembershipError/departed`` after ``leave(now:)``.
    public mutating func update(
        address: PeerAddress? = nil, application: [UInt8]? = nil, now: Duration
    ) throws(MembershipError) -> [Effect] {
        guard !phase.isDeparting else { throw .departed }
        let record = try MemberRecord(
            id: own.id, address: address ?? own.address, incarnation: own.incarnation.next,
            application: application ?? own.application)
        begin(now)
        speak(record)
        return finish()
    }

    /// Takes a member out of the view for good: nothing that it says or that is said about it counts any more.
    public mutating func expel(_ id: MemberID, now: Duration) -> [Effect] {
        begin(now)
        if id != own.id {
            expelled.insert(id)
            if let slot = roster.slot(of: id) { forget(slot) }
        }
        return finish()
    }

    /// Forgets a member and all that refers to its slot.
    mutating func forget(_ slot: Int) {
        let id = roster.entries[slot].record.id
        suspects.remove(slot)
        rumors.withdraw(slot)
        probes.removeAll { $0.target == id }
        roster.remove(slot)
        effects.append(.event(.forgotten(id)))
    }
}

/// Identities that are refused, at most ``Limits/expelled``; the oldest goes first.
struct Expulsions {
    private var ids: Set<MemberID> = []
    private var order: [MemberID] = []

    func contains(_ id: MemberID) -> Bool { !ids.isEmpty && ids.contains(id) }

    mutating func insert(_ id: MemberID) {
        guard ids.insert(id).inserted else { return }
        order.append(id)
        if order.count > Limits.expelled { ids.remove(order.removeFirst()) }
    }
}
