extension Placement {
    /// Hands leaderships on until no node leads fewer shards than its share, rounded down, as far as its replicas allow.
    ///
    /// The limit alone bounds only the busiest: with 16 shards, four nodes that lead four each leave nothing to a fifth. A
    /// change of leader copies nothing, so here, unlike among replicas, evenness is cheap.
    mutating func raiseLeaders() {
        let floors = shares.leading.map(\.floor)
        guard led.indices.contains(where: { led[$0] < floors[$0] }) else { return }
        let shards = HoldingsByNode(of: self)
        for node in led.indices {
            while led[node] < floors[node], addLeadership(to: node, floors: floors, shards: shards) {}
        }
    }

    /// Gives `root` one more leadership along a shortest path (Ford and Fulkerson 1956) that ends at a node above its
    /// floor: of several at the end of such a path, one that is the farthest above.
    private mutating func addLeadership(to root: Int, floors: [Int], shards: HoldingsByNode) -> Bool {
        // For each node reached: the shard whose leadership it would hand on, and to whom; the root hands on nothing.
        var handing = [Int](repeating: -1, count: led.count)
        var taker = handing
        var queue = [root]
        taker[root] = root
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            var donor: Int?
            for shard in shards[node] {
                let leader = leaders[shard]
                guard taker[leader] < 0 else { continue }
                handing[leader] = shard
                taker[leader] = node
                queue.append(leader)
                let surplus = led[leader] - floors[leader]
                if surplus > donor.map({ led[$0] - floors[$0] }) ?? 0 { donor = leader }
            }
            if var node = donor {
                led[node] -= 1
                led[root] += 1
                while node != root {
                    leaders[handing[node]] = taker[node]
                    node = taker[node]
                }
                return true
            }
        }
        return false
    }
}
