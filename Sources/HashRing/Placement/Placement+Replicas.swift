extension Placement {
    /// Finds nodes for the replicas that no proposal filled, by augmenting paths (Ford and Fulkerson 1956): a node with
    /// room takes a replica over from one without, and so on, until the shard has found its node. As the fair shares
    /// divide every shard evenly, there is always such a path.
    mutating func completeReplicas() {
        for shard in 0..<shardCount {
            while filled[shard] < shares.replicas, augmentReplica(of: shard) {}
            assert(filled[shard] == shares.replicas, "every shard finds all its replicas")
        }
    }

    /// Gives `shard` one more replica along a shortest path.
    private mutating func augmentReplica(of shard: Int) -> Bool {
        // For each node reached: the shard whose replica it would take, and the node that gives that replica up.
        var taken = [Int](repeating: -1, count: held.count)
        var giver = [Int](repeating: -1, count: held.count)
        var queue: [Int] = []
        for node in held.indices where !holders(of: shard).contains(node) && accepts(shard, node) {
            taken[node] = shard
            queue.append(node)
        }
        queue.sort { held[$0] * holdingLimits[$1] < held[$1] * holdingLimits[$0] }
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            if held[node] < holdingLimits[node] {
                apply(taken, giver, from: node)
                return true
            }
            for other in 0..<shardCount where other != shard && holders(of: other).contains(node) {
                for candidate in held.indices where taken[candidate] < 0 && !holders(of: other).contains(candidate) {
                    guard zones[candidate] == zones[node] || accepts(other, candidate) else { continue }
                    taken[candidate] = other
                    giver[candidate] = node
                    queue.append(candidate)
                }
            }
        }
        return false
    }

    private mutating func apply(_ taken: [Int], _ giver: [Int], from last: Int) {
        var node = last
        held[last] += 1
        while giver[node] >= 0 {
            replace(giver[node], by: node, in: taken[node])
            node = giver[node]
        }
        let shard = taken[node]
        holders[shard * shares.replicas + filled[shard]] = node
        filled[shard] += 1
    }

    /// Hands one replica over; the leader's place too, if it was that replica's.
    private mutating func replace(_ old: Int, by new: Int, in shard: Int) {
        let first = shard * shares.replicas
        for place in first..<first + filled[shard] where holders[place] == old { holders[place] = new }
        if leaders[shard] == old {
            leaders[shard] = -1
            led[old] -= 1
        }
    }
}
