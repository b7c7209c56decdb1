/// The shards that each node holds, in order: the other direction of ``Placement/holders``, one node behind the other.
struct HoldingsByNode {
    private var shards: [Int]
    /// Where each node's shards begin, and, one further, where they end.
    private var starts: [Int]

    /// What the nodes of a placement hold, in which every shard has all its replicas.
    init(of placement: Placement) {
        shards = Array(repeating: 0, count: placement.holders.count)
        starts = [0]
        starts.reserveCapacity(placement.held.count + 1)
        for (node, held) in placement.held.enumerated() { starts.append(starts[node] + held) }
        var next = starts
        for (place, node) in placement.holders.enumerated() {
            shards[next[node]] = place / placement.shares.replicas
            next[node] += 1
        }
    }

    /// The shards that `node` holds.
    subscript(node: Int) -> ArraySlice<Int> { shards[starts[node]..<starts[node + 1]] }
}
