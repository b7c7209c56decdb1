import HashRing

/// Where the ring wants every shard, computed anew when the members change.
struct RingTarget: Sendable {
    private var ring: HashRing?
    /// The registry's version at which the members last changed.
    private(set) var version: UInt64 = 0
    /// Voters that a shard is to have: the largest odd number not above factor and members.
    private(set) var voterCount = 1
    /// The voters of group 0, oldest members first, and everyone else.
    private(set) var registryVoters: [NodeID] = []
    private(set) var registryLearners: [NodeID] = []
    private var pins: [Registry.Pin] = []

    /// Voters of group 0 at most: with more a change of the registry waits for more disks and survives no more than two
    /// losses at a time in practice.
    static let registryVoterLimit = 5

    /// `isIgnored`: never, but for a planted fault.
    mutating func update(_ registry: Registry, leavingOut isIgnored: ((NodeID) -> Bool)? = nil) {
        version = registry.version
        pins = registry.pins
        let active = registry.members.filter { $0.state == .active && !$0.isLeaving && isIgnored?($0.node) != true }
        let members = active.map { HashRing.Member(id: $0.node, weight: $0.weight, zone: $0.zone) }
        ring =
            registry.shardCount == 0
            ? nil
            : try? HashRing(
                members: members, shardCount: registry.shardCount,
                replicationFactor: min(max(registry.replicationFactor, 1), Limits.replicasPerShard))
        // Members that are lost count: a failure never lowers the number of voters.
        let counted = registry.members.count { ($0.state == .active || $0.state == .lost) && !$0.isLeaving }
        voterCount = Self.odd(min(registry.replicationFactor, max(counted, 1)))
        let oldest = active.sorted { ($0.joined, $0.node) < ($1.joined, $1.node) }.map(\.node)
        registryVoters = Array(oldest.prefix(Self.odd(min(Self.registryVoterLimit, max(counted, 1)))))
        updateCopies(registry)
    }

    /// Who is to have a copy of the registry without a vote: everyone, and who is leaving until it holds nothing else. A node
    /// without a copy would not learn where the shards that it still leads are to go.
    mutating func updateCopies(_ registry: Registry) {
        let holding = Set(registry.replicas.lazy.filter { $0.group != .registry }.map(\.node))
        registryLearners = registry.members
            .filter { !$0.isLeaving || holding.contains($0.node) }.map(\.node)
            .filter { !registryVoters.contains($0) }
    }

    private static func odd(_ number: Int) -> Int { max(1, number % 2 == 0 ? number - 1 : number) }

    /// The nodes that should hold the shard, the preferred leader first.
    func placement(of shard: ShardID) -> [NodeID] { ring?.placement(of: shard) ?? [] }

    /// Where a group's replicas should be.
    func target(of key: GroupKey) -> GroupTarget {
        switch key {
        case .registry:
            GroupTarget(
                voters: registryVoters, learners: registryLearners,
                voterCount: max(registryVoters.count, 1), leader: nil)
        case .shard(let shard): target(of: shard)
        }
    }

    private func target(of shard: ShardID) -> GroupTarget {
        let nodes = placement(of: shard)
        var target = GroupTarget(
            voters: Array(nodes.prefix(voterCount)), learners: Array(nodes.dropFirst(voterCount)),
            voterCount: voterCount, leader: nodes.first)
        if let pin = pins.first(where: { $0.shard == shard }) { target.prefer(pin.node) }
        return target
    }
}

/// Where one group's replicas should be.
struct GroupTarget: Hashable, Sendable {
    var voters: [NodeID]
    var learners: [NodeID]
    /// Voters that there must be, though there are not so many nodes now.
    var voterCount: Int
    /// Who should lead; `nil`: anyone.
    var leader: NodeID?

    var nodes: [NodeID] { voters + learners }
}

extension GroupTarget {
    /// An operator wants the group led there.
    mutating func prefer(_ node: NodeID) {
        leader = node
        guard !voters.contains(node) else { return }
        learners.removeAll { $0 == node }
        if voters.count >= voterCount { voters.removeLast() }
        voters.insert(node, at: 0)
    }
}
