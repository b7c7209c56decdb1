/// The measurements of <doc:HashRing>, as text.
package enum RingTable {
    /// Sizes that are measured.
    package static let shardCounts = [16, 64, 256, 1024]
    package static let nodeCounts = [1, 2, 3, 5, 10, 20, 50, 100, 200]

    /// The names of the columns.
    package static let header = """
        shards nodes  share | load÷fair leads÷fair | over zone | join: all  p50   p99   max | steady  max \
        | leave: all  p50   p99   max | steady  max
        """

    /// One line for one scenario.
    package static func row(_ scenario: RingScenario, _ outcome: RingScenario.Outcome) -> String {
        let replicas = min(3, scenario.nodes)
        let share = Double(scenario.shardCount * replicas) / Double(scenario.nodes)
        return [
            pad("\(scenario.shardCount)", 6), pad("\(scenario.nodes)", 5), pad(fixed(share), 7), "|",
            pad(fixed(outcome.holdingRatio), 9), pad(fixed(outcome.leadingRatio), 10), "|",
            pad("\(outcome.excesses)", 4), pad("\(outcome.zoneViolations)", 4), "|",
            movement(outcome.joins, 9), "|", movement(outcome.leaves, 10),
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
            pad(fixed(movement.quantile(0.99)), 5), pad(fixed(movement.quantile(1)), 5), "|",
            pad(fixed(steady.total), 6), pad(fixed(steady.quantile(1)), 4),
        ].joined(separator: " ")
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }
}
