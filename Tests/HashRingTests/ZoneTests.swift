import HashRing
import Testing

@Suite("Zones")
struct ZoneTests {
    private func ring(_ populations: [Int], factor: Int, shards: Int = 64, seed: UInt64) throws -> HashRing {
        var source = Mixer(seed: seed)
        let members = populations.enumerated().flatMap { zone, population in
            (0..<population).map { _ in
                HashRing.Member(id: NodeID(rawValue: UInt128(source.next()) << 64 | 1), zone: "zone \(zone)")
            }
        }
        return try HashRing(members: members, shardCount: shards, replicationFactor: factor)
    }

    private func zones(of nodes: [NodeID], in ring: HashRing) -> [String] {
        nodes.compactMap { node in ring.members.first { $0.id == node }?.zone }
    }

    @Test(
        "where there are as many zones as replicas, no two replicas share one, however uneven the zones",
        arguments: [[1, 1, 1], [1, 1, 20], [1, 2, 3], [5, 5, 5, 1], [1, 1, 1, 30], [10, 10, 10, 10, 10]])
    func enoughZones(populations: [Int]) throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            for shards in [16, 100] {
                let ring = try ring(populations, factor: 3, shards: shards, seed: seed)
                for (shard, nodes) in ring.placements {
                    let distinct = Set(zones(of: nodes, in: ring)).count
                    #expect(distinct == 3, "shard \(shard), seed \(seed)")
                }
                #expect(RingLoad(of: ring).excesses == 0, "seed \(seed)")
            }
        }
    }

    @Test(
        "where there are fewer, a zone holds no more replicas of a shard than it must",
        arguments: [
            ([3, 3], 3, 2), ([1, 5], 3, 2), ([6], 3, 3), ([4, 4], 5, 3), ([1, 10], 5, 4), ([2, 2, 2], 5, 2),
        ])
    func tooFewZones(populations: [Int], factor: Int, allowed: Int) throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            let ring = try ring(populations, factor: factor, seed: seed)
            for (shard, nodes) in ring.placements {
                let names = zones(of: nodes, in: ring)
                let largest = names.map { name in names.count { $0 == name } }.max()
                #expect(names.count == factor && (largest ?? 0) <= allowed, "shard \(shard), seed \(seed)")
            }
            #expect(RingLoad(of: ring).excesses == 0, "seed \(seed)")
        }
    }

    @Test("a single node in one of three zones holds every shard, and its share says so")
    func singleNodeZone() throws {
        let ring = try ring([1, 4, 4], factor: 3, seed: 3)
        let lonely = try #require(ring.members.firstIndex { $0.zone == "zone 0" })
        #expect(RingLoad(of: ring).held[lonely] == 64)
        #expect(ring.entitlements[lonely].holding.value == 64)
    }
}
