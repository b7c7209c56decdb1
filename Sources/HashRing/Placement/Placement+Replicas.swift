extension Placement {
    /// Finds nodes for the replicas that no proposal filled, by augmenting paths (Ford and Fulkerson 1956): a node with
    /// room takes a replica over from one without, and so on, until the shard has found its node.
    ///
    /// Fair shares spread evenly over the shards are a fractional flow within all limits, so an integral one exists, and
    /// so does such a path, as long as a replica is missing.
    mutating func completeReplicas() {
        for shard in 0..<shardCount {
            while filled[shard] < shares.replicas, addReplica(to: shard) {}
            assert(filled[shard] == shares.replicas, "every shard finds all its replicas")
        }
    }

    /// Gives `shard` one more replica along a shortest path.
    private mutating func addReplica(to shard: Int) -> Bool {
        // For each node reached: the shard of which it would take a replica, and the node that gives that replica up.
        var taking = [Int](repeating: -1, count: held.count)
        var giver = [Int](repeating: -1, count: held.count)
        var queue = held.indices.filter { !holds($0, shard) && accepts(shard, $0) }
        for node in queue { taking[node] = shard }
        // The emptiest first: what is compared is the held part of each limit; then the lower number.
        queue.sort { (held[$0] * holdingLimits[$1], $0) < (held[$1] * holdingLimits[$0], $1) }
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            if held[node] < holdingLimits[node] {
                follow(taking, giver, to: node)
                return true
            }
            for other in 0..<shardCount where other != shard && holds(node, other) {
                for candidate in held.indices where taking[candidate] < 0 && !holds(candidate, other) {
                    guard allows(candidate, insteadOf: node, in: other) else { continue }
                    taking[candidate] = other
                    giver[candidate] = node
                    queue.append(candidate)
                }
            }
        }
        return false
    }

    private mutating func follow(_ taking: [Int], _ giver: [Int], to last: Int) {
        var node = last
        while giver[node] >= 0 {
            replace(giver[node], by: node, in: taking[node])
            node = giver[node]
        }
        let shard = taking[node]
        holders[shard * shares.replicas + filled[shard]] = node
        filled[shard] += 1
        held[node] += 1
    }
}
