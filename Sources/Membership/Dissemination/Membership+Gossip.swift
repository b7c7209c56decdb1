extension Membership {
    /// Whether a round of gossip has anything to carry: news, or notices to suspects.
    var hasGossip: Bool { !rumors.isEmpty || suspects.owesNotices }

    /// One round: news to a few members at random, the recently dead among them so that they may refute, and a notice
    /// to each member that this one suspects by its own probes.
    mutating func gossip() {
        timers.gossip = clock + parameters.gossipInterval
        for slot in suspects.takeNotices(in: &roster) { send(.gossip, to: slot) }
        let targets = gossipTargets()
        // Nobody to tell: look again when somebody may have come.
        if targets.isEmpty { timers.gossip = clock + parameters.protocolPeriod }
        for slot in targets where !rumors.isEmpty { send(.gossip, to: slot) }
    }

    private mutating func gossipTargets() -> [Int] {
        let reachable = roster.order.count + roster.dead.count
        guard reachable > parameters.gossipFanout else { return roster.order.slots + recentlyDead(roster.dead) }
        var targets: [Int] = []
        for _ in 0..<(3 * parameters.gossipFanout) where targets.count < parameters.gossipFanout {
            let position = random.index(below: reachable)
            let live = roster.order.slots
            let slot = position < live.count ? live[position] : roster.dead[position - live.count]
            if targets.contains(slot) || (position >= live.count && recentlyDead([slot]).isEmpty) { continue }
            targets.append(slot)
        }
        return targets
    }

    private func recentlyDead(_ slots: [Int]) -> [Int] {
        slots.filter { slot in
            guard case .dead(let since) = roster.entries[slot].standing else { return false }
            return clock - since <= parameters.gossipToTheDead
        }
    }

    /// Sends a message to a member with all that should ride on it.
    mutating func send(_ message: Message, to slot: Int) {
        let address = roster.entries[slot].record.address
        effects.append(.send(pack(message, for: slot), to: address))
    }

    /// Answers a datagram where it came from.
    mutating func answer(_ message: Message, to source: MemberID, at address: PeerAddress) {
        effects.append(.send(pack(message, for: roster.slot(of: source)), to: address))
    }

    /// Fills a datagram up to ``Limits/plainBytes``. First what concerns its receiver: this member's own record if the
    /// receiver is wrong about it, and the receiver's bad name if it has one (Lifeguard's buddy system, IV-C, extended
    /// to the dead and the departed). Then news, least told first.
    mutating func pack(_ message: Message, for receiver: Int?) -> Datagram {
        var packed: [Rumor] = []
        var room = Limits.plainBytes - Datagram.headerSize - message.encodedSize
        if ownRecordWanted { Self.add(roster.entries[Roster.own].rumor, to: &packed, within: &room) }
        if let receiver, roster.entries[receiver].standing.status != .alive {
            Self.add(roster.entries[receiver].rumor, to: &packed, within: &room)
        }
        if !rumors.isEmpty {
            let limit = Parameters.retransmitMultiplier * Logarithm.digits(roster.liveCount)
            let roster = roster
            let ownIsIn = ownRecordWanted
            rumors.draw(limit: limit) { slot in
                if slot == receiver || (ownIsIn && slot == Roster.own) { return .useless }
                return Self.add(roster.entries[slot].rumor, to: &packed, within: &room) ? .taken : .tooLarge
            }
        }
        return Datagram(packed: own.id, registryVersion, message, packed)
    }

    @discardableResult
    private static func add(_ rumor: Rumor, to packed: inout [Rumor], within room: inout Int) -> Bool {
        let size = rumor.encodedSize
        guard size <= room else { return false }
        room -= size
        packed.append(rumor)
        return true
    }
}
