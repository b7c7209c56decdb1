extension Placement {
    /// Finds leaders for the shards whose replicas were all at their limit, by augmenting paths as well.
    mutating func completeLeaders() {
        for shard in 0..<shardCount where leaders[shard] < 0 {
            if !augmentLeader(of: shard) { exchangeLeader(of: shard) }
            assert(leaders[shard] >= 0, "every shard finds a leader")
        }
    }

    private mutating func augmentLeader(of shard: Int) -> Bool {
        // For each node reached: the shard that it would lead.
        var taken = [Int](repeating: -1, count: held.count)
        var queue: [Int] = []
        for node in holders(of: shard) {
            taken[node] = shard
            queue.append(node)
        }
        var next = 0
        while next < queue.count {
            var node = queue[next]
            next += 1
            if led[node] < leadingLimits[node] {
                led[node] += 1
                while true {
                    let other = taken[node]
                    let before = leaders[other]
                    leaders[other] = node
                    guard before >= 0 else { return true }
                    node = before
                }
            }
            for other in 0..<shardCount where leaders[other] == node {
                for holder in holders(of: other) where taken[holder] < 0 {
                    taken[holder] = other
                    queue.append(holder)
                }
            }
        }
        return false
    }

    /// Brings a node that has room to lead into the shard, in exchange for one of the shard's replicas elsewhere.
    private mutating func exchangeLeader(of shard: Int) {
        for node in held.indices where led[node] < leadingLimits[node] && !holders(of: shard).contains(node) {
            for other in 0..<shardCount where leaders[other] != node && holders(of: other).contains(node) {
                for place in shard * shares.replicas..<(shard + 1) * shares.replicas {
                    let old = holders[place]
                    guard !holders(of: other).contains(old), exchangeable(shard, old, node),
                        exchangeable(other, node, old)
                    else { continue }
                    holders[place] = node
                    for otherPlace in other * shares.replicas..<(other + 1) * shares.replicas
                    where holders[otherPlace] == node { holders[otherPlace] = old }
                    leaders[shard] = node
                    led[node] += 1
                    return
                }
            }
        }
    }

    /// Whether the shard's zones allow `new` in the place of `old`.
    private func exchangeable(_ shard: Int, _ old: Int, _ new: Int) -> Bool {
        zones[old] == zones[new] || accepts(shard, new)
    }
}
