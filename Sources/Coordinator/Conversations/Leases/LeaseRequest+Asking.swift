import Checks
import HashRing

extension LeaseRequest {
    /// One slot of the request, and where it stands.
    struct Slot: Sendable {
        enum State: Sendable {
            /// Its grant is on its way.
            case granting
            /// Its ask came back with neither a bucket nor the promise that it never will: it is fenced.
            case fencing
            /// The home is naming the next shard.
            case moving
            /// A lease of an earlier request with the same key is looked up; `undecided`: perhaps it was never granted.
            case recalling(undecided: Bool)
            case granted(LeaseRecord)
            /// Without a bucket, or left to recovery.
            case closed
        }

        var ask: SlotAsk
        var state = State.granting
        var asked: [ShardID] = []

        var isDecided: Bool {
            switch state {
            case .granted, .closed: true
            case .granting, .fencing, .moving, .recalling: false
            }
        }
    }

    /// Asks the shard that the slot's ask names; the home has committed it.
    mutating func grant(_ position: Int, in node: inout NodeState) {
        let ask = slots[position].ask
        slots[position].state = .granting
        slots[position].asked.append(ask.lease.shard)
        let order = GrantOrder(
            lease: ask.lease, client: client, secret: secret, service: order.service, lane: ask.lane,
            allowance: ask.allowance, home: node.home(of: client), slot: ask.slot,
            notAfter: node.now.wall.adding(seconds: Int(Limits.requestTimeout.components.seconds)))
        node.propose(.grant(order), to: ask.lease.shard, step: Step.slot + position)
    }

    mutating func tookOutcome(
        _ result: Result<Outcome, Loss>, ofSlot position: Int, in node: inout NodeState
    ) -> Progress {
        guard slots.indices.contains(position) else { return .goesOn }
        switch (slots[position].state, result) {
        case (.granting, .success(.granted(let lease))), (.granting, .success(.fenced(.some(let lease)))),
            (.fencing, .success(.fenced(.some(let lease)))):
            take(lease, at: position, in: &node)
        case (.granting, .success(.nothingToGrant)), (.granting, .success(.fenced(.none))),
            (.fencing, .success(.fenced(.none))):
            move(position, in: &node)
        case (.granting, _) where node.faults.contains(.skipFence): move(position, in: &node)
        case (.granting, _):
            slots[position].state = .fencing
            let lease = slots[position].ask.lease
            node.propose(.fence(lease, client: client), to: lease.shard, step: Step.slot + position)
        case (.moving, .success(.asked(let ask))):
            slots[position].ask = ask
            grant(position, in: &node)
        case (.moving, .success):
            // The slot stands for another ask by now, or the client is ending: it is somebody else's.
            slots[position].state = .closed
        case (.fencing, _), (.moving, .failure):
            slots[position].state = .closed
            node.start(SlotSettlement(client: client, ask: slots[position].ask))
        default: break
        }
        return concludeIfDecided(in: &node)
    }

    private mutating func take(_ lease: LeaseRecord, at position: Int, in node: inout NodeState) {
        slots[position].state = .granted(lease)
        node.settle(slot: slots[position].ask.slot, granted: lease, at: node.home(of: client))
    }

    /// The shard asked last has nothing and said so for good: the next one, or the slot's end.
    private mutating func move(_ position: Int, in node: inout NodeState) {
        let ask = slots[position].ask
        barren.insert(Barren(shard: ask.lease.shard, lane: ask.lane))
        let home = node.home(of: client)
        if let next = nextShard(for: position, in: node), !isEnding {
            slots[position].state = .moving
            node.propose(.ask(slot: ask.slot, after: ask.lease, shard: next), to: home, step: Step.slot + position)
        } else {
            slots[position].state = .closed
            node.propose(.exhausted(slot: ask.slot, lease: ask.lease), to: home)
        }
    }

    private func nextShard(for position: Int, in node: NodeState) -> ShardID? {
        let slot = slots[position]
        let order = slot.ask.lane == .urgent ? urgent : normal
        let present = node.readiness.shards(of: self.order.service, lane: slot.ask.lane)
        return order.first { shard in
            !slot.asked.contains(shard) && present.contains(shard)
                && !barren.contains(Barren(shard: shard, lane: slot.ask.lane)) && node.serves(shard)
        }
    }

    // MARK: Replay

    /// An earlier request with this key opened these slots: its leases are shown as they were granted; what has no
    /// outcome yet goes on from its ask.
    mutating func takeUp(_ replay: [ReplayedSlot], in node: inout NodeState) -> Progress {
        phase = .asking
        slots = replay.map { slot in
            let isOpen = slot.granted || slot.undecided
            return Slot(ask: slot.ask, state: isOpen ? .recalling(undecided: slot.undecided) : .closed)
        }
        for (position, slot) in slots.enumerated() where !slot.isDecided {
            node.ask(.leaseAsGranted(slot.ask.lease, client), of: slot.ask.lease.shard, step: Step.slot + position)
        }
        return concludeIfDecided(in: &node)
    }

    mutating func tookRecord(
        _ result: Result<QueryResult, Loss>, ofSlot position: Int, in node: inout NodeState
    ) -> Progress {
        guard slots.indices.contains(position), case .recalling(let undecided) = slots[position].state else {
            return .goesOn
        }
        switch result {
        case .success(.lease(let lease)):
            slots[position].state = .granted(lease)
            if undecided { node.settle(slot: slots[position].ask.slot, granted: lease, at: node.home(of: client)) }
        case .success where undecided: grant(position, in: &node)
        case .success: slots[position].state = .closed
        case .failure(let loss): return leave(with: .failure(loss.refusal), in: &node)
        }
        return concludeIfDecided(in: &node)
    }
}
