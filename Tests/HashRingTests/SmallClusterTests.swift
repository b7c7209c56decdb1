import HashRing
import Testing

/// The sizes that most people run: 16 shards, three replicas, one to six nodes.
@Suite("Small clusters")
struct SmallClusterTests {
    /// Rings of one node, two nodes, and so on, each with one member more than the one before.
    private func growth(to nodes: Int, seed: UInt64) throws -> [HashRing] {
        var source = Mixer(seed: seed)
        let members = (0..<nodes).map { _ in
            HashRing.Member(id: NodeID(rawValue: UInt128(source.next()) << 64 | UInt128(source.next())))
        }
        return try (1...nodes).map { try HashRing(members: members.prefix($0), shardCount: 16) }
    }

    private func copies(from old: HashRing, to new: HashRing) -> Int {
        HashRing.plan(from: old, to: new).count(where: \.copiesReplica)
    }

    @Test("three to six nodes lead 16 shards as evenly as can be, and two nodes seven to nine each")
    func evenLeaders() throws {
        for seed in 1...300 as ClosedRange<UInt64> {
            let leaders = try growth(to: 6, seed: seed).map { RingLoad(of: $0).led.sorted() }
            #expect(leaders[0] == [16])
            #expect(leaders[1].allSatisfy { (7...9).contains($0) }, "seed \(seed)")
            #expect(leaders[2] == [5, 5, 6], "seed \(seed)")
            #expect(leaders[3] == [4, 4, 4, 4], "seed \(seed)")
            #expect(leaders[4] == [3, 3, 3, 3, 4], "seed \(seed)")
            #expect(leaders[5] == [2, 2, 3, 3, 3, 3], "seed \(seed)")
        }
    }

    @Test("the first three nodes hold everything, and each copies each shard once")
    func firstThree() throws {
        for seed in 1...50 as ClosedRange<UInt64> {
            let rings = try growth(to: 3, seed: seed)
            for (old, new) in zip(rings, rings.dropFirst()) { #expect(copies(from: old, to: new) == 16) }
            #expect(RingLoad(of: rings[2]).held == [16, 16, 16])
        }
    }

    @Test("the fourth, fifth and sixth node take about their share, and little else moves")
    func nextThree() throws {
        var copied = [0, 0, 0]
        var within = 0
        let seeds = 1...300 as ClosedRange<UInt64>
        for seed in seeds {
            let rings = try growth(to: 6, seed: seed)
            for step in 0..<3 {
                let (old, new) = (rings[step + 2], rings[step + 3])
                let movement = copies(from: old, to: new)
                copied[step] += movement
                var measured = Movement()
                if let newcomer = new.members.first(where: { !old.members.contains($0) }) {
                    measured.addJoin(of: newcomer.id, from: old, to: new)
                }
                within += measured.part(within: 1.25) == 1 ? 1 : 0
                #expect(measured.quantile(1) <= 1.75, "seed \(seed), step \(step)")
            }
        }
        for (sum, share) in zip(copied, [12, 9.6, 8]) {
            let average = Double(sum) / Double(seeds.count)
            #expect(abs(average - share) < 0.5, "\(average) where the newcomer's share is \(share)")
        }
        #expect(Double(within) / Double(3 * seeds.count) > 0.97)
    }
}
