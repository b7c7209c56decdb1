/// A replica that leads its term.
package struct Leader: Sendable {
    /// Everyone in the configuration, in order of their ids, this replica included.
    package var progress: [Progress]
    /// The index of its first entry: what it appended on taking office.
    package let first: LogIndex
    /// An entry that it appended after applying the latest configuration (at first: the first). Once it is committed, a
    /// quorum has on disk that the configuration is.
    package var seal: LogIndex
    /// Whether a configuration was applied and its seal is still to be appended.
    package var owesSeal = false
    /// When the next heartbeats are due.
    package var heartbeatDue: Duration
    /// The hand-over under way.
    package var transfer: Transfer?
    /// What it accepted and has not applied.
    package var unappliedBytes = 0
    package var reads = PendingReads()

    package init(progress: [Progress], first: LogIndex, heartbeatDue: Duration) {
        self.progress = progress
        self.first = first
        seal = first
        self.heartbeatDue = heartbeatDue
    }

    /// A hand-over of leadership.
    package struct Transfer: Hashable, Sendable {
        package let to: ReplicaID
        package let deadline: Duration
        package var isAsked = false
    }

    package func position(of id: ReplicaID) -> Int? { progress.firstIndex { $0.id == id } }

    /// The greatest value that a quorum has reached: a majority of each half of the configuration.
    package func agreed<Value: Comparable>(
        _ value: (Progress) -> Value, mutations: Mutation
    ) -> Value? {
        let incoming = agreed(
            value, in: mutations.contains(.countLearners) ? [.incoming, .learner] : .incoming, mutations)
        if mutations.contains(.ignoreOutgoingHalf) { return incoming }
        guard let outgoing = agreed(value, in: .outgoing, mutations) else { return incoming }
        return incoming.map { min($0, outgoing) }
    }

    /// O(n²) in the number of voters, which is at most seven, and free of allocation.
    private func agreed<Value: Comparable>(
        _ value: (Progress) -> Value, in half: Progress.Standing, _ mutations: Mutation
    ) -> Value? {
        var voters = 0
        for peer in progress where !peer.standing.isDisjoint(with: half) { voters += 1 }
        let needed = mutations.contains(.halfIsQuorum) ? max(voters / 2, 1) : Configuration.majority(of: voters)
        var best: Value?
        for peer in progress where !peer.standing.isDisjoint(with: half) {
            let candidate = value(peer)
            if let best, candidate <= best { continue }
            var reached = 0
            for other in progress where !other.standing.isDisjoint(with: half) && value(other) >= candidate {
                reached += 1
            }
            if reached >= needed { best = candidate }
        }
        return best
    }
}
