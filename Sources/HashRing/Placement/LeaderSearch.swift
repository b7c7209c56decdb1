/// A search, in breadth, for a node that could lead one shard more, along shards that could change their leader.
struct LeaderSearch {
    /// The shards that were come by: the first, and all that the nodes reached lead.
    private(set) var shards: [Int]
    /// The node that was found.
    private(set) var nodeWithRoom: Int?
    /// For each node reached, the shard that it would lead.
    private var leading: [Int]

    /// A search that starts at a shard without a leader.
    init(from shard: Int, in placement: Placement) {
        shards = [shard]
        leading = Array(repeating: -1, count: placement.held.count)
    }

    /// The shard that this node, which the search has reached, would lead.
    func shard(ledBy node: Int) -> Int { leading[node] }

    /// Notes that `node` could lead `shard`.
    mutating func reach(_ node: Int, through shard: Int) {
        leading[node] = shard
    }

    /// Searches until a node with room is found or all are reached that can be.
    mutating func run(in placement: Placement) {
        var next = 0
        while next < shards.count {
            let shard = shards[next]
            next += 1
            for node in placement.holders(of: shard) where leading[node] < 0 {
                leading[node] = shard
                if placement.led[node] < placement.leadingLimits[node] {
                    nodeWithRoom = node
                    return
                }
                for other in placement.leaders.indices where placement.leaders[other] == node {
                    shards.append(other)
                }
            }
        }
    }
}
