import HashRing
import Testing

@Suite("Movement")
struct MovementTests {
    /// Scenarios with one zone, or with three, which all replicas need.
    private static let grid = [1, 3].flatMap { zones in
        RingTable.shardCounts.flatMap { shards in
            RingTable.nodeCounts.map { nodes in
                RingScenario(
                    shardCount: shards, nodes: nodes, zones: zones, seed: UInt64(shards * 1000 + nodes))
            }
        }
    }

    @Test("within the limits everywhere; moved replicas near the fewest possible, in the table's margins")
    func table() throws {
        print(RingTable.header)
        for scenario in Self.grid {
            let outcome = try scenario.run(steps: 120)
            print(RingTable.row(scenario, outcome))
            #expect(outcome.excesses == 0, "\(scenario)")
            #expect(outcome.zoneViolations == 0, "\(scenario)")
            let share = Double(scenario.shardCount * min(3, scenario.nodes)) / Double(scenario.nodes)
            for movement in [outcome.joins, outcome.leaves] {
                #expect(movement.quantile(0.5) <= 1.4, "\(scenario)")
                #expect(movement.steady.total <= 1.4, "\(scenario)")
                if scenario.zones == 1 {
                    #expect(movement.bothWays.part(within: 1.25) >= (share >= 35 ? 1 : 0.5), "\(scenario)")
                }
                if share >= 60, scenario.zones == 1 {
                    #expect(movement.quantile(1) <= 1.25, "\(scenario)")
                    #expect(movement.total <= 1.1, "\(scenario)")
                } else if share >= 38 {
                    #expect(movement.quantile(1) <= 1.4, "\(scenario)")
                    #expect(movement.total <= 1.15, "\(scenario)")
                }
            }
            #expect(outcome.joins.total <= 1.45, "\(scenario)")
        }
    }

    @Test(
        "with five uneven zones, or with mixed weights, limits hold and movement stays near the table's",
        arguments: [(5, [100], 1.7), (1, [50, 100, 200], 1.35), (4, [50, 100, 200], 1.8)])
    func unevenMembers(zones: Int, weights: [Int], most: Double) throws {
        for nodes in [5, 10, 20, 50, 100] {
            let scenario = RingScenario(shardCount: 1024, nodes: nodes, zones: zones, weights: weights, seed: 11)
            let outcome = try scenario.run(steps: 60)
            print(RingTable.row(scenario, outcome))
            #expect(outcome.excesses == 0, "\(scenario)")
            #expect(outcome.zoneViolations == 0, "\(scenario)")
            #expect(outcome.joins.total <= most, "\(scenario)")
            #expect(outcome.leaves.total <= most, "\(scenario)")
        }
    }

    @Test("where no limit is met, a join takes nothing but the newcomer's replicas", arguments: [5, 10])
    func nothingElseMoves(nodes: Int) throws {
        let outcome = try RingScenario(shardCount: 1024, nodes: nodes, seed: 5).run(steps: 40)
        #expect(outcome.joins.steps.count >= 15)
        #expect(outcome.joins.quantile(0.9) == 1)
        #expect(outcome.leaves.quantile(0.9) == 1)
    }
}
