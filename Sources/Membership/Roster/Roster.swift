/// The view: every member that is known, this one in slot 0. Slots are small numbers that other parts refer to; a slot
/// is used again only after its member was forgotten.
struct Roster {
    /// This member's own slot.
    static let own = 0

    private(set) var entries: [RosterEntry]
    private var slots: [MemberID: Int]
    /// Slots of forgotten members, to be used again.
    private var free: [Int] = []
    /// The live but this one.
    private(set) var order = ProbeOrder()
    /// The dead, not those that left: whom to try to reach again, the one not tried for longest first.
    private(set) var dead: [Int] = []
    private(set) var digest = ViewDigest.empty

    init(own record: MemberRecord, registryVersion: UInt64) {
        entries = []
        slots = [:]
        let share = ViewDigest.share(of: record)
        entries.append(
            RosterEntry(
                record: record, incarnation: record.incarnation, standing: .alive, registryVersion: registryVersion,
                share: share))
        slots[record.id] = Self.own
        digest.toggle(share)
    }

    /// SWIM's n: the live ones and this one.
    var liveCount: Int { order.count + 1 }
    /// All that are known, the dead and this one included.
    var count: Int { slots.count }

    func slot(of id: MemberID) -> Int? { slots[id] }

    /// Whether the slot is in use: a forgotten member's is not.
    func holds(_ slot: Int) -> Bool { slots[entries[slot].record.id] == slot }

    /// Every row, in the order of identities.
    var members: [Member] {
        entries.indices.filter(holds).map { entries[$0].member }.sorted { $0.record.id < $1.record.id }
    }

    /// A member that was not known, alive. `nil` when the view is full.
    mutating func insert(_ record: MemberRecord, using random: inout RandomSource) -> Int? {
        guard count < Limits.members else { return nil }
        let share = ViewDigest.share(of: record)
        let entry = RosterEntry(
            record: record, incarnation: record.incarnation, standing: .alive, registryVersion: 0, share: share)
        let slot: Int
        if let reused = free.popLast() {
            slot = reused
            entries[slot] = entry
        } else {
            slot = entries.count
            entries.append(entry)
        }
        slots[record.id] = slot
        order.insert(slot, using: &random)
        digest.toggle(share)
        return slot
    }

    /// Replaces what a member says about itself.
    mutating func replaceRecord(_ slot: Int, with record: MemberRecord) {
        let share = ViewDigest.share(of: record)
        if entries[slot].standing.isLive {
            digest.toggle(entries[slot].share)
            digest.toggle(share)
        }
        entries[slot].record = record
        entries[slot].share = share
    }

    /// Changes how a member stands, and keeps order, digest and the list of the dead in step.
    mutating func setStanding(
        _ slot: Int, _ standing: Standing, at incarnation: Incarnation, using random: inout RandomSource
    ) {
        let wasLive = entries[slot].standing.isLive
        if case .dead = entries[slot].standing { dead.removeAll { $0 == slot } }
        entries[slot].standing = standing
        entries[slot].incarnation = incarnation
        if case .dead = standing { dead.append(slot) }
        guard wasLive != standing.isLive else { return }
        digest.toggle(entries[slot].share)
        guard slot != Self.own else { return }
        if wasLive {
            order.remove(slot)
        } else {
            order.insert(slot, using: &random)
        }
    }

    /// Changes a suspicion in place; nothing if the member is not suspect.
    mutating func updateSuspicion(_ slot: Int, _ change: (inout Suspicion) -> Void) {
        guard case .suspect(var suspicion) = entries[slot].standing else { return }
        change(&suspicion)
        entries[slot].standing = .suspect(suspicion)
    }

    func suspicion(_ slot: Int) -> Suspicion? {
        guard case .suspect(let suspicion) = entries[slot].standing else { return nil }
        return suspicion
    }

    /// Remembers the newest registry version heard from a member.
    mutating func noteRegistryVersion(_ slot: Int, _ version: UInt64) {
        if entries[slot].registryVersion < version { entries[slot].registryVersion = version }
    }

    /// Forgets a member altogether. Never this one.
    mutating func remove(_ slot: Int) {
        precondition(slot != Self.own, "a view always holds its owner")
        if entries[slot].standing.isLive {
            digest.toggle(entries[slot].share)
            order.remove(slot)
        }
        dead.removeAll { $0 == slot }
        slots.removeValue(forKey: entries[slot].record.id)
        free.append(slot)
    }

    /// Up to `count` of the dead, each in its turn.
    mutating func nextDead(_ count: Int) -> [Int] {
        let chosen = Array(dead.prefix(count))
        dead.removeFirst(chosen.count)
        dead.append(contentsOf: chosen)
        return chosen
    }

    mutating func nextToProbe(using random: inout RandomSource) -> Int? { order.next(using: &random) }

    /// Up to `count` different live peers at random that `admits` lets through. O(count) while most are let through:
    /// after 3 draws a place it takes what it has.
    func peers(_ count: Int, using random: inout RandomSource, where admits: (Int) -> Bool) -> [Int] {
        let slots = order.slots
        if slots.count <= count + 1 { return Array(slots.filter(admits).prefix(count)) }
        var chosen: [Int] = []
        for _ in 0..<(3 * count) where chosen.count < count {
            let slot = slots[random.index(below: slots.count)]
            if !chosen.contains(slot), admits(slot) { chosen.append(slot) }
        }
        return chosen
    }
}
