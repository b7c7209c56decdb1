/// Which nodes should hold which shard, and which of them should lead it.
///
/// A ring is a pure function of the *set* of its members and of two numbers: every node that reads the same registry
/// computes the same placement, whatever the order in which members joined, on any machine.
///
/// What it promises for every set of members:
/// - each shard has `min(replicationFactor, members.count)` replicas on different nodes;
/// - no zone holds more replicas of a shard than it must: one, where there are at least as many zones as replicas;
/// - no node holds more than ⌈1.1 × its fair share⌉ replicas, nor leads more than ⌈1.1 × its fair share⌉ shards.
///
/// What it does for a change of members, and at which price, is measured in the article on the ring.
public struct HashRing: Hashable, Sendable {
    /// The members, in order of identity.
    public let members: [Member]
    /// Number of shards.
    public let shardCount: Int
    /// Number of replicas wanted of each shard; there are fewer while there are fewer members.
    public let replicationFactor: Int

    /// For each shard, in order, positions in `members`; the preferred leader first.
    let replicas: PreferenceLists

    /// Places `shardCount` shards on `members`.
    ///
    /// The cost is O(members × shards) in memory and about O(shards × replicas × log shards) in time.
    ///
    /// - Parameters:
    ///   - members: the nodes that may hold shards, in any order; none is allowed, and leaves every shard without a node.
    ///   - shardCount: number of shards, in `1...1024`.
    ///   - replicationFactor: wanted replicas of each shard, in `1...7`.
    /// - Throws: ``HashRingError``, for the first value that is not acceptable.
    public init(
        members: some Sequence<Member>, shardCount: Int, replicationFactor: Int = 3
    ) throws(HashRingError) {
        let sorted = Self.sorted(Array(members))
        try Self.validate(sorted, shardCount: shardCount, replicationFactor: replicationFactor)
        self.members = sorted
        self.shardCount = shardCount
        self.replicationFactor = replicationFactor
        replicas = Placement.compute(members: sorted, shardCount: shardCount, replicationFactor: replicationFactor)
    }

    /// The nodes that should hold `shard`, the preferred leader first; empty when the ring has no such shard or no member.
    public func placement(of shard: ShardID) -> [NodeID] {
        guard shard.index < shardCount else { return [] }
        return replicas[shard.index].map { members[Int($0)].id }
    }

    /// The placement of every shard, in order of shard.
    public var placements: [(shard: ShardID, nodes: [NodeID])] {
        (0..<shardCount).map { index in
            (ShardID(index: index), replicas[index].map { members[Int($0)].id })
        }
    }

    /// The members in order of identity. What is sorted are positions: a member is large, and its zone is counted by
    /// reference.
    private static func sorted(_ members: [Member]) -> [Member] {
        members.indices.sorted { members[$0].id < members[$1].id }.map { members[$0] }
    }

    private static func validate(
        _ sorted: [Member], shardCount: Int, replicationFactor: Int
    ) throws(HashRingError) {
        guard (1...Limits.shards).contains(shardCount) else { throw .invalidShardCount(shardCount) }
        guard (1...Limits.replicas).contains(replicationFactor) else {
            throw .invalidReplicationFactor(replicationFactor)
        }
        guard sorted.count <= Limits.members else { throw .tooManyMembers(sorted.count) }
        for (member, next) in zip(sorted, sorted.dropFirst()) where member.id == next.id {
            throw .repeatedMember(member.id)
        }
        for member in sorted {
            guard Limits.weights.contains(member.weight) else { throw .invalidWeight(member.id, member.weight) }
            guard member.zone.utf8.count <= Limits.zoneBytes else { throw .zoneTooLong(member.id) }
        }
    }
}
