import Foundation
import Testing

@Suite("Scenarios")
struct ScenarioTests {
    /// Where to write the scenarios with the traces that they leave now, to be read and judged before they are kept.
    private static let target = ProcessInfo.processInfo.environment["CONSENSUS_WRITE_SCENARIOS"]

    @Test("leave the trace that is written down")
    func traces() throws {
        let scenarios = try Scenario.all()
        #expect(scenarios.count > 50)
        for scenario in scenarios {
            let result = scenario.run()
            if let target = Self.target {
                let file = URL(filePath: target).appending(path: scenario.name)
                try result.write(to: file, atomically: true, encoding: .utf8)
            } else {
                let difference = scenario.firstDifference(result)
                #expect(difference == nil, "\(scenario.name)")
            }
        }
    }
}
