import Membership

/// What a network does to datagrams. Times in nanoseconds, shares in millionths.
struct SimulatedNetwork {
    /// Every delivery takes this long and a random part of `jitter` on top.
    var latency: Int64 = 500_000
    var jitter: Int64 = 1_500_000
    var loss = 0
    var duplication = 0
    /// Share of datagrams that are overtaken: they take up to `reorderDelay` longer.
    var reordering = 0
    var reorderDelay: Int64 = 50_000_000
    /// Members of different sides do not hear each other.
    private var side: [Int]
    /// Directed links that are cut, as `from * count + to`.
    private var cut: Set<Int> = []

    init(members: Int) { side = Array(repeating: 0, count: members) }

    mutating func partition(_ sides: [Int]) { side = sides }
    mutating func cut(from: Int, to: Int) { cut.insert(from * side.count + to) }

    mutating func heal() {
        side = Array(repeating: 0, count: side.count)
        cut = []
    }

    func connects(_ from: Int, _ to: Int) -> Bool {
        side[from] == side[to] && (cut.isEmpty || !cut.contains(from * side.count + to))
    }

    /// How long one datagram takes; `nil` when it is lost.
    func delay(using random: inout RandomSource) -> Int64? {
        if loss > 0 && random.index(below: 1_000_000) < loss { return nil }
        var delay = latency + Int64(random.index(below: Int(jitter)))
        if reordering > 0 && random.index(below: 1_000_000) < reordering {
            delay += Int64(random.index(below: Int(reorderDelay)))
        }
        return delay
    }

    /// How long a message over a reliable link takes: a handshake and what has to be sent again.
    func reliableDelay(using random: inout RandomSource) -> Int64 {
        let attempts = loss > 0 && random.index(below: 1_000_000) < loss ? 2 : 1
        return Int64(attempts) * 3 * latency + Int64(attempts - 1) * 200_000_000
            + Int64(random.index(below: Int(jitter)))
    }
}
