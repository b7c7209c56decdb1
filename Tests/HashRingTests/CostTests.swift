import HashRing
import Testing

@Suite("Cost", .serialized)
struct CostTests {
    /// Plain rendezvous hashing as a yardstick: for each shard, the three members with the highest scores.
    private func rendezvous(members: Int, shards: Int) -> UInt64 {
        var source = Mixer(seed: 1)
        var sum: UInt64 = 0
        for _ in 0..<shards {
            var best: (UInt64, UInt64, UInt64) = (0, 0, 0)
            for _ in 0..<members {
                let score = source.next()
                if score > best.0 {
                    best = (score, best.0, best.1)
                } else if score > best.1 {
                    best = (best.0, score, best.1)
                } else if score > best.2 {
                    best.2 = score
                }
            }
            sum &+= best.0 ^ best.1 ^ best.2
        }
        return sum
    }

    /// Bounds checks and calls weigh more in a ring than in a yardstick, so unoptimized builds have another bound.
    private var isOptimized: Bool {
        var optimized = true
        assert(
            {
                optimized = false
                return true
            }())
        return optimized
    }

    private func fastest(of runs: Int, _ body: () throws -> Void) rethrows -> Duration {
        let clock = ContinuousClock()
        var best = Duration.seconds(3600)
        for _ in 0..<runs { best = min(best, try clock.measure(body)) }
        return best
    }

    /// Measured on an idle machine, optimized: 0.9 without zones and 1.4 with three. At the limit of 2.5, and with 0.35 ms for
    /// the yardstick, the ring would take 0.9 ms; the goal is 1 ms.
    @Test("100 nodes and 1024 shards cost no more than a few scores for each node and shard", arguments: [1, 3])
    func ratioToRendezvous(zones: Int) throws {
        var source = Mixer(seed: 100)
        let members = (0..<100).map { index in
            HashRing.Member(
                id: NodeID(rawValue: UInt128(source.next()) << 64 | UInt128(source.next())),
                zone: "\(index % zones)")
        }
        var sum: UInt64 = 0
        let yardstick = fastest(of: 10) { sum &+= rendezvous(members: 100, shards: 1024) }
        let ring = try fastest(of: 10) { _ = try HashRing(members: members, shardCount: 1024) }
        let ratio = ring / yardstick
        print(
            "100 nodes, 1024 shards, \(zones) zones: \(ring); scoring alone: \(yardstick); ratio \(RingTable.fixed(ratio))"
        )
        print("limit of 1 ms: \(RingTable.fixed(ring / .milliseconds(1))) of it used; sum \(sum)")
        #expect(ratio < (isOptimized ? 2.5 : 80))
    }
}
