extension HashRing {
    /// One step from one placement to another.
    public struct Move: Hashable, Sendable {
        /// What changes for a shard.
        public enum Change: Hashable, Sendable {
            /// The first node gives its replica up, the second takes one.
            case replace(NodeID, with: NodeID)
            /// A node takes a replica where there were too few.
            case add(NodeID)
            /// A node gives a replica up that is one too many.
            case remove(NodeID)
            /// The preferred leader is now this node.
            case lead(NodeID)
        }

        /// The shard that changes.
        public let shard: ShardID
        /// What changes for it.
        public let change: Change

        /// A step.
        public init(shard: ShardID, change: Change) {
            self.shard = shard
            self.change = change
        }

        /// Whether a node has to receive a copy of the shard.
        public var copiesReplica: Bool {
            switch change {
            case .replace, .add: true
            case .remove, .lead: false
            }
        }
    }

    /// The steps from one placement to another, in order of shard, a shard's replicas before its leadership.
    ///
    /// A shard that only one of the rings has is listed with the replicas that appear or vanish with it.
    public static func plan(from old: HashRing, to new: HashRing) -> [Move] {
        var moves: [Move] = []
        for shard in ShardID.all(count: max(old.shardCount, new.shardCount)) {
            let before = old.placement(of: shard)
            let after = new.placement(of: shard)
            let leaving = before.filter { !after.contains($0) }
            let arriving = after.filter { !before.contains($0) }
            for (out, into) in zip(leaving, arriving) {
                moves.append(Move(shard: shard, change: .replace(out, with: into)))
            }
            moves += arriving.dropFirst(leaving.count).map { Move(shard: shard, change: .add($0)) }
            moves += leaving.dropFirst(arriving.count).map { Move(shard: shard, change: .remove($0)) }
            if let leader = after.first, leader != before.first {
                moves.append(Move(shard: shard, change: .lead(leader)))
            }
        }
        return moves
    }
}
