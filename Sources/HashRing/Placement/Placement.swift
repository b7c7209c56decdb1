/// A placement while it is made.
///
/// Members are numbered in order of identity, shards from zero; -1 stands for none.
struct Placement {
    let shardCount: Int
    let shares: FairShares
    /// Zone of each member.
    let zones: [Int]
    /// Most replicas of each member, and most shards that it leads.
    let holdingLimits: [Int]
    let leadingLimits: [Int]
    /// Members that hold each shard: `shares.replicas` places a shard, of which the first `filled` are taken, in order
    /// of proposal.
    var holders: [Int]
    var filled: [Int]
    /// Replicas of each member.
    var held: [Int]
    /// Leader of each shard, and shards led by each member.
    var leaders: [Int]
    var led: [Int]

    /// The members that hold each shard, the leader first.
    static func compute(members: [HashRing.Member], shardCount: Int, replicationFactor: Int) -> PreferenceLists {
        guard !members.isEmpty else { return PreferenceLists(positions: [], length: 0) }
        var placement = Placement(members: members, shardCount: shardCount, replicationFactor: replicationFactor)
        placement.collectProposals(of: members)
        placement.completeReplicas()
        placement.completeLeaders()
        placement.raiseLeaders()
        return placement.preferenceLists()
    }

    private init(members: [HashRing.Member], shardCount: Int, replicationFactor: Int) {
        self.shardCount = shardCount
        shares = FairShares(members: members, shardCount: shardCount, replicationFactor: replicationFactor)
        zones = shares.zones
        holdingLimits = shares.holding.map(\.limit)
        leadingLimits = shares.leading.map(\.limit)
        holders = Array(repeating: -1, count: shardCount * shares.replicas)
        filled = Array(repeating: 0, count: shardCount)
        held = Array(repeating: 0, count: members.count)
        leaders = Array(repeating: -1, count: shardCount)
        led = Array(repeating: 0, count: members.count)
    }

    /// The members that hold `shard` so far.
    func holders(of shard: Int) -> ArraySlice<Int> {
        let first = shard * shares.replicas
        return holders[first..<first + filled[shard]]
    }

    /// Whether `node` holds `shard`.
    func holds(_ node: Int, _ shard: Int) -> Bool {
        let first = shard * shares.replicas
        for place in first..<first + filled[shard] where holders[place] == node { return true }
        return false
    }

    /// Whether the shard's zones allow `new` in the place of `old`.
    func allows(_ new: Int, insteadOf old: Int, in shard: Int) -> Bool {
        zones[new] == zones[old] || accepts(shard, new)
    }

    /// Puts one node in the place of another; if that was the leader, the shard has none.
    mutating func replace(_ old: Int, by new: Int, in shard: Int) {
        let first = shard * shares.replicas
        for place in first..<first + filled[shard] where holders[place] == old { holders[place] = new }
        held[old] -= 1
        held[new] += 1
        if leaders[shard] == old {
            leaders[shard] = -1
            led[old] -= 1
        }
    }

    private func preferenceLists() -> PreferenceLists {
        var positions: [UInt16] = []
        positions.reserveCapacity(holders.count)
        for shard in 0..<shardCount {
            let leader = leaders[shard]
            positions.append(UInt16(truncatingIfNeeded: leader))
            for holder in holders(of: shard) where holder != leader {
                positions.append(UInt16(truncatingIfNeeded: holder))
            }
        }
        return PreferenceLists(positions: positions, length: shares.replicas)
    }
}
