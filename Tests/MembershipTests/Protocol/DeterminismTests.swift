import Membership
import Testing

@Suite("the same inputs give the same outputs (I9)")
struct DeterminismTests {
    private func trace(seed: UInt64) throws -> [String] {
        let cluster = try SimulatedCluster(members: 12, seed: seed, drift: 500)
        cluster.network.loss = 150_000
        cluster.network.duplication = 50_000
        cluster.network.reordering = 100_000
        cluster.run(seconds: 10)
        cluster.crash(3)
        cluster.network.partition((0..<12).map { $0 % 2 })
        cluster.run(seconds: 20)
        cluster.network.heal()
        cluster.run(seconds: 20)
        return cluster.reports.map { "\($0.time) \($0.observer) \($0.event)" }
            + ["\(cluster.traffic)"] + cluster.memberships.map { "\($0.counters)" }
    }

    @Test("two runs from one seed are equal to the last byte, two seeds are not")
    func determinism() throws {
        #expect(try trace(seed: 11) == trace(seed: 11))
        #expect(try trace(seed: 11) != trace(seed: 12))
    }

    @Test("the random source gives the published numbers of SplitMix64")
    func randomSource() {
        var random = RandomSource(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
        #expect(random.next() == 3_203_168_211_198_807_973)
        var counts = [Int](repeating: 0, count: 10)
        for _ in 0..<10_000 { counts[random.index(below: 10)] += 1 }
        #expect(counts.allSatisfy { (850...1150).contains($0) })
    }
}
