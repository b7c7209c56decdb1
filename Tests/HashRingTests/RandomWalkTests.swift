import HashRing
import Testing

@Suite("Random sequences of joins, leaves and weight changes")
struct RandomWalkTests {
    @Test("every ring on the way keeps all promises", arguments: 1...40 as ClosedRange<UInt64>)
    func promises(seed: UInt64) throws {
        var source = Mixer(seed: seed)
        let shards = [1, 16, 17, 64, 256].randomElement(using: &source) ?? 16
        let factor = Int.random(in: 1...5, using: &source)
        let zones = Int.random(in: 1...6, using: &source)
        var members: [HashRing.Member] = []
        for step in 0..<40 {
            change(&members, zones: zones, using: &source)
            let ring = try HashRing(members: members, shardCount: shards, replicationFactor: factor)
            let note: Comment = "seed \(seed), step \(step), \(shards) shards, factor \(factor), zones \(zones)"
            let again = try HashRing(
                members: members.shuffled(using: &source), shardCount: shards, replicationFactor: factor)
            #expect(again == ring, note)
            let load = RingLoad(of: ring)
            #expect(load.excesses == 0, note)
            #expect(load.zoneViolations == 0, note)
            #expect(load.held.reduce(0, +) == shards * min(factor, members.count), note)
            #expect(load.led.reduce(0, +) == (members.isEmpty ? 0 : shards), note)
            #expect(ring.placements.allSatisfy { Set($0.nodes).count == min(factor, members.count) }, note)
        }
    }

    @Test(
        "rings drawn at random, with crowded zones and far-apart weights, keep all promises",
        arguments: 1...20 as ClosedRange<UInt64>)
    func drawnRings(seed: UInt64) throws {
        var source = Mixer(seed: seed &* 7919)
        for draw in 0..<200 {
            let shards = [1, 2, 5, 16, 17, 64, 256].randomElement(using: &source) ?? 16
            let factor = Int.random(in: 1...7, using: &source)
            let zones = Int.random(in: 1...8, using: &source)
            let nodes = Int.random(in: 1...60, using: &source)
            let weights = [[100], [1, 1000], [50, 100, 200], [1, 2, 3, 500]].randomElement(using: &source) ?? [100]
            let members = (0..<nodes).map { _ in
                // The lower of two draws: the first zones are crowded, the last have a node or two.
                let zone = min(Int.random(in: 0..<zones, using: &source), Int.random(in: 0..<zones, using: &source))
                return HashRing.Member(
                    id: NodeID(rawValue: UInt128(source.next()) << 64 | UInt128(source.next())),
                    weight: weights.randomElement(using: &source) ?? 100, zone: "zone \(zone)")
            }
            let ring = try HashRing(members: members, shardCount: shards, replicationFactor: factor)
            let load = RingLoad(of: ring)
            let note: Comment = "seed \(seed), draw \(draw): \(nodes) nodes, \(shards) shards, factor \(factor)"
            #expect(load.excesses == 0, note)
            #expect(load.zoneViolations == 0, note)
            #expect(ring.placements.allSatisfy { Set($0.nodes).count == min(factor, nodes) }, note)
        }
    }

    private func change(_ members: inout [HashRing.Member], zones: Int, using source: inout Mixer) {
        let choice = members.isEmpty ? 0 : Int.random(in: 0..<4, using: &source)
        let id = NodeID(rawValue: UInt128(source.next()) << 64 | UInt128(source.next()))
        let weight = [1, 10, 100, 100, 200, 1000].randomElement(using: &source) ?? 100
        let zone = "zone \(Int.random(in: 0..<zones, using: &source))"
        let position = Int.random(in: 0..<max(members.count, 1), using: &source)
        switch choice {
        case 0, 1:
            members.append(HashRing.Member(id: id, weight: weight, zone: zone))
        case 2:
            members.remove(at: position)
        default:
            let old = members[position]
            members[position] = HashRing.Member(id: old.id, weight: weight, zone: old.zone)
        }
    }
}
