/// Nodes by the time of their next proposal: a calendar queue (Brown, CACM 31:10, 1988) that never wraps, as what lies
/// behind its last day is not wanted.
struct ProposalCalendar {
    /// The first node of each day, and of each node the next on the same day; -1 for none.
    private var first: [Int32]
    private var next: [Int32]
    /// The time of each node's next proposal.
    private var times: [UInt64]
    private var day = 0
    private let dayBits: UInt64

    /// A calendar of `days` days, each of 2^`dayBits` ticks.
    init(days: Int, dayBits: Int, nodes: Int) {
        first = Array(repeating: -1, count: days)
        next = Array(repeating: -1, count: nodes)
        times = Array(repeating: 0, count: nodes)
        self.dayBits = UInt64(dayBits)
    }

    /// Notes a node's next proposal, which is not before the last one taken; one behind the last day is dropped.
    mutating func insert(_ node: Int, at time: UInt64) {
        let day = time >> dayBits
        guard day < UInt64(first.count) else { return }
        times[node] = time
        next[node] = first[Int(day)]
        first[Int(day)] = Int32(truncatingIfNeeded: node)
    }

    /// Takes the node with the earliest proposal; of two at the same time, the one with the lower number.
    mutating func popFirst() -> Int? {
        while day < first.count, first[day] < 0 { day += 1 }
        guard day < first.count else { return nil }
        var earliest = Int(first[day])
        var beforeEarliest = -1
        var previous = earliest
        var node = Int(next[earliest])
        while node >= 0 {
            if (times[node], node) < (times[earliest], earliest) {
                earliest = node
                beforeEarliest = previous
            }
            previous = node
            node = Int(next[node])
        }
        if beforeEarliest < 0 { first[day] = next[earliest] } else { next[beforeEarliest] = next[earliest] }
        return earliest
    }
}
