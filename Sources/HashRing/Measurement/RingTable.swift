/// The measurements of the article on the ring, as text.
package enum RingTable {
    /// Sizes that are measured.
    package static let shardCounts = [16, 64, 256, 1024]
    package static let nodeCounts = [1, 2, 3, 5, 10, 20, 50, 100, 200]

    /// The names of the columns.
    package static let header = """
        shards nodes  share | load÷fair leads÷fair | over zone | join: all  p50   p99   max ≤1.25 | steady  max \
        | leave: all  p50   p99   max ≤1.25 | steady  max | both ways max ≤1.25
        """

    /// The whole table: one line for each number of shards and nodes.
    ///
    /// - Parameters:
    ///   - zones: zones among which members are drawn; 1 for none.
    ///   - weights: weights among which members are drawn.
    ///   - steps: joins and leaves a line; 400 are a matter of seconds for the table.
    package static func lines(
        zones: Int = 1, weights: [Int] = [100], steps: Int = 400
    ) throws(HashRingError) -> [String] {
        var lines = [header]
        for shardCount in shardCounts {
            for nodes in nodeCounts {
                let scenario = RingScenario(
                    shardCount: shardCount, nodes: nodes, zones: zones, weights: weights,
                    seed: UInt64(shardCount * 1000 + nodes))
                lines.append(row(scenario, try scenario.run(steps: steps)))
            }
        }
        return lines
    }

    /// One line for one scenario.
    package static func row(_ scenario: RingScenario, _ outcome: RingScenario.Outcome) -> String {
        let replicas = min(3, scenario.nodes)
        let share = Double(scenario.shardCount * replicas) / Double(scenario.nodes)
        return [
            pad("\(scenario.shardCount)", 6), pad("\(scenario.nodes)", 5), pad(fixed(share), 7), "|",
            pad(fixed(outcome.holdingRatio), 9), pad(fixed(outcome.leadingRatio), 10), "|",
            pad("\(outcome.excesses)", 4), pad("\(outcome.zoneViolations)", 4), "|",
            movement(outcome.joins, 9), "|", movement(outcome.leaves, 10), "|",
            pad(fixed(outcome.leaves.bothWays.quantile(1)), 13),
            pad(fixed(outcome.leaves.bothWays.part(within: 1.25)), 5),
        ].joined(separator: " ")
    }

    /// A number with two decimals.
    package static func fixed(_ number: Double) -> String {
        let hundredths = Int(number * 100 + 0.5)
        return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
    }

    private static func movement(_ movement: Movement, _ width: Int) -> String {
        let steady = movement.steady
        return [
            pad(fixed(movement.total), width), pad(fixed(movement.quantile(0.5)), 5),
            pad(fixed(movement.quantile(0.99)), 5), pad(fixed(movement.quantile(1)), 5),
            pad(fixed(movement.part(within: 1.25)), 5), "|",
            pad(fixed(steady.total), 6), pad(fixed(steady.quantile(1)), 4),
        ].joined(separator: " ")
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }
}
