extension Placement {
    /// Finds leaders for the shards whose replicas were all at their limit.
    ///
    /// Leadership is handed on along a shortest path to a node with room. Where there is none, a node with room first
    /// takes a replica of one of the shards that the search came by: that is rare (few shards, small zones).
    mutating func completeLeaders() {
        for shard in 0..<shardCount where leaders[shard] < 0 {
            var search = LeaderSearch(from: shard, in: self)
            search.run(in: self)
            if let node = search.nodeWithRoom {
                hand(on: search, to: node)
            } else if let node = admitLeader(among: search.shards) {
                search.reach(node.leader, through: node.shard)
                hand(on: search, to: node.leader)
            } else {
                // The rank in a shard is by time of proposal: the first would have led it, had there been no limit.
                leaders[shard] = holders[shard * shares.replicas]
                led[leaders[shard]] += 1
            }
        }
    }

    private mutating func hand(on search: LeaderSearch, to last: Int) {
        led[last] += 1
        var node = last
        while node >= 0 {
            let shard = search.shard(ledBy: node)
            let before = leaders[shard]
            leaders[shard] = node
            node = before
        }
    }

    /// Makes a node with room to lead hold one of these shards, in the place of another node: as one more replica of
    /// it, or in exchange for one.
    private mutating func admitLeader(among shards: [Int]) -> (leader: Int, shard: Int)? {
        for exchanging in [false, true] {
            for node in held.indices where led[node] < leadingLimits[node] {
                guard exchanging || held[node] < holdingLimits[node] else { continue }
                for shard in shards where !holds(node, shard) {
                    for old in holders(of: shard) where old != leaders[shard] {
                        guard allows(node, insteadOf: old, in: shard) else { continue }
                        if exchanging {
                            guard let other = shardToExchange(of: node, for: old) else { continue }
                            replace(node, by: old, in: other)
                        }
                        replace(old, by: node, in: shard)
                        return (node, shard)
                    }
                }
            }
        }
        return nil
    }

    /// A shard that `node` holds without leading it, and that `old` could hold in its place.
    private func shardToExchange(of node: Int, for old: Int) -> Int? {
        (0..<shardCount).first { shard in
            leaders[shard] != node && holds(node, shard) && !holds(old, shard)
                && allows(old, insteadOf: node, in: shard)
        }
    }
}
