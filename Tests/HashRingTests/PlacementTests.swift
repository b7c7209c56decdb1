import HashRing
import Testing

@Suite("Placement")
struct PlacementTests {
    private func member(_ number: UInt64, weight: Int = 100, zone: String = "") -> HashRing.Member {
        var source = Mixer(seed: number)
        let id = NodeID(rawValue: UInt128(source.next()) << 64 | UInt128(source.next()))
        return HashRing.Member(id: id, weight: weight, zone: zone)
    }

    @Test("a ring without members places nothing")
    func noMembers() throws {
        let ring = try HashRing(members: [], shardCount: 16)
        #expect(ring.placements.count == 16)
        #expect(ring.placements.allSatisfy { $0.nodes.isEmpty })
    }

    @Test("a shard has as many replicas as wanted, or as there are members, each on another node", arguments: 1...9)
    func replicaCount(nodes: Int) throws {
        for factor in 1...7 {
            let ring = try HashRing(
                members: (0..<nodes).map { member(UInt64($0)) }, shardCount: 64, replicationFactor: factor)
            for (shard, nodes) in ring.placements {
                #expect(nodes.count == min(factor, ring.members.count))
                #expect(Set(nodes).count == nodes.count)
                #expect(ring.placement(of: shard) == nodes)
            }
        }
    }

    @Test("a shard that the ring does not have is nowhere")
    func foreignShard() throws {
        let ring = try HashRing(members: [member(1)], shardCount: 16)
        let foreign = try #require(ShardID(rawValue: 17))
        #expect(ring.placement(of: foreign).isEmpty)
    }

    @Test("the order in which members are given does not matter")
    func orderOfInsertion() throws {
        var source = Mixer(seed: 7)
        let members = (0..<40).map { member(UInt64($0), weight: 50 + 10 * Int($0), zone: "\($0 % 5)") }
        let ring = try HashRing(members: members, shardCount: 256)
        for _ in 0..<10 {
            #expect(try HashRing(members: members.shuffled(using: &source), shardCount: 256) == ring)
        }
    }

    @Test("the placement is the same in every run and on every machine")
    func knownPlacement() throws {
        let members = (1...5).map { HashRing.Member(id: NodeID(rawValue: UInt128($0)), zone: "\($0 % 3)") }
        let ring = try HashRing(members: members, shardCount: 16)
        let text = ring.placements.map { $0.nodes.map { String($0.rawValue) }.joined() }.joined(separator: " ")
        #expect(text == "234 243 153 231 453 123 123 315 531 132 534 531 345 423 432 324")
    }

    @Test("a member that weighs twice as much holds twice as much, within a tenth and one")
    func weights() throws {
        let members = (0..<30).map { member(UInt64($0), weight: $0 < 10 ? 200 : 100) }
        let ring = try HashRing(members: members, shardCount: 1024)
        let load = RingLoad(of: ring)
        for (index, entitlement) in ring.entitlements.enumerated() {
            let share = entitlement.member.weight == 200 ? 153.6 : 76.8
            #expect(entitlement.holding.value == share)
            #expect(Double(load.held[index]) < 1.1 * share + 1)
            #expect(Double(load.held[index]) >= 0.8 * share)
        }
    }

    @Test("a member heavier than the rest together holds every shard once and leads most")
    func dominantWeight() throws {
        let members = (0..<6).map { member(UInt64($0), weight: $0 == 0 ? 1000 : 10) }
        let ring = try HashRing(members: members, shardCount: 256)
        let load = RingLoad(of: ring)
        let heavy = try #require(ring.members.firstIndex { $0.weight == 1000 })
        #expect(ring.entitlements[heavy].holding.value == 256)
        #expect(load.held[heavy] >= 230)
        #expect(load.led[heavy] >= 200)
        #expect(load.excesses == 0)
    }

    @Test(
        "no node leads less than four fifths of its share, or the whole part of it",
        arguments: [2, 3, 5, 9, 20, 50, 100, 200])
    func leastLed(nodes: Int) throws {
        for shards in [16, 64, 256, 1024] {
            let ring = try HashRing(members: (0..<nodes).map { member(UInt64($0)) }, shardCount: shards)
            let least = min(shards / nodes, (8 * shards + 10 * nodes - 1) / (10 * nodes))
            #expect(RingLoad(of: ring).led.allSatisfy { $0 >= least })
        }
    }

    @Test("a limit is the smallest whole number not below 1.1 times the share, also where a floating point is above")
    func exactLimits() {
        #expect(FairShare(numerator: 10, denominator: 1).limit == 11)
        #expect(FairShare(numerator: 30, denominator: 3).limit == 11)
        #expect(FairShare(numerator: 10, denominator: 11).limit == 1)
        #expect(FairShare(numerator: 11, denominator: 11).limit == 2)
    }
}
