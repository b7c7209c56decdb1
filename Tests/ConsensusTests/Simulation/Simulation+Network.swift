import Consensus

extension Simulation {
    /// Sends a message on its way: it may be lost, late, repeated.
    mutating func transmit(_ message: Message) {
        if !isHealed, plan.voterCrashes > 0, case .vote(granted: true, commit: _) = message.body,
            random.below(1000) < plan.voterCrashes
        {
            queue.add(.crash(replica: Int(message.from.rawValue) - 1), at: now + 1)
        }
        if random.below(1000) < network.loss { return }
        queue.add(.deliver(message), at: now + delay())
        if random.below(1000) < network.repeats { queue.add(.deliver(message), at: now + delay() * 4) }
    }

    private mutating func delay() -> Int64 {
        let delay = random.within(network.delay)
        return random.below(1000) < network.stragglers ? delay * 20 : delay
    }

    func isCut(from: Int, to: Int) -> Bool { cut[from] & (1 << UInt32(to)) != 0 }

    mutating func deliver(_ message: Message) {
        let from = Int(message.from.rawValue) - 1
        let to = Int(message.to.rawValue) - 1
        guard to < replicas.count, replicas[to].isUp, !isCut(from: from, to: to) else { return }
        if isTraced { record("\(message.from) -> \(message.to) term \(message.term) \(message.body)") }
        tally.messages += 1
        replicas[to].group.receive(message, now: moment)
        settle(to)
    }

    /// Streams a state machine to a follower that lacks what was compacted.
    mutating func startSnapshot(from: Int, _ request: SnapshotRequest) {
        let to = Int(request.to.rawValue) - 1
        guard let snapshot = replicas[from].group.snapshot(at: replicas[from].applied),
            snapshot.mark.index >= request.atLeast
        else {
            replicas[from].group.snapshotSent(to: request.to, through: nil, now: moment)
            return
        }
        queue.add(.snapshotArrives(from: from, to: to, snapshot), at: now + delay() * 3)
    }

    mutating func snapshotArrives(_ snapshot: Snapshot, from: Int, to: Int) {
        let isComplete =
            replicas[to].isUp && !isCut(from: from, to: to) && random.below(1000) >= network.loss
        if isComplete, replicas[from].isUp || random.below(2) == 0 {
            let message = replicas[from].group.snapshotMessage(snapshot, to: replicas[to].id)
            if isTraced { record("\(message.from) -> \(message.to) snapshot \(snapshot.mark)") }
            tally.snapshots += 1
            replicas[to].group.receive(message, now: moment)
            settle(to)
        }
        guard replicas[from].isUp else { return }
        let through = isComplete ? snapshot.mark.index : nil
        replicas[from].group.snapshotSent(to: replicas[to].id, through: through, now: moment)
        settle(from)
    }
}
