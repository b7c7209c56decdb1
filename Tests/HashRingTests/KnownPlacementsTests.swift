import HashRing
import Testing

@Suite("Known placements")
struct KnownPlacementsTests {
    /// Members of a ring drawn from a source: up to 150 of them in up to as many zones, of equal or of different weights.
    private func members(_ source: inout Mixer) -> [HashRing.Member] {
        let count = Int.random(in: 1...[4, 12, 60, 150][Int.random(in: 0..<4, using: &source)], using: &source)
        let zones = Int.random(in: 1...[3, 7, 150][Int.random(in: 0..<3, using: &source)], using: &source)
        let heaviest = [100, 200, 1000][Int.random(in: 0..<3, using: &source)]
        return (0..<count).map { _ in
            HashRing.Member(
                id: NodeID(rawValue: UInt128(source.next()) << 64 | UInt128(source.next())),
                weight: Int.random(in: 100...heaviest, using: &source),
                zone: "\(Int.random(in: 0..<zones, using: &source))")
        }
    }

    /// Nodes of two releases compute the same ring, or they would move each other's shards to and fro for ever. So what
    /// makes rings faster must not make them different.
    @Test("two hundred drawn rings have the placements that they have always had")
    func digest() throws {
        var source = Mixer(seed: 1998)
        var digest: UInt64 = 0
        for _ in 0..<200 {
            let shards = [16, 64, 100, 256, 1024][Int.random(in: 0..<5, using: &source)]
            let factor = [1, 2, 3, 3, 5, 7][Int.random(in: 0..<6, using: &source)]
            let ring = try HashRing(members: members(&source), shardCount: shards, replicationFactor: factor)
            for (_, nodes) in ring.placements {
                for node in nodes {
                    digest = (digest ^ UInt64(truncatingIfNeeded: node.rawValue)) &* 0x0000_0100_0000_01B3
                    digest ^= digest >> 32
                }
            }
        }
        #expect(digest == 7_964_941_988_907_390_474)
    }
}
