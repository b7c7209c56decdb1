import Consensus
import Foundation
import Testing

@Suite("Simulated groups")
struct SimulationTests {
    /// How many seeds, of 1,000 steps each: `CONSENSUS_SEEDS` says otherwise, from `CONSENSUS_FIRST_SEED` on.
    static let seeds = number("CONSENSUS_SEEDS") ?? (isOptimised ? 20_000 : 500)
    static let first = number("CONSENSUS_FIRST_SEED") ?? 1

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    @Test("keep every promise, whatever happens to them")
    func promises() async {
        let workers: UInt64 = 2
        let (tally, failures) = await withTaskGroup(of: (SimulationTally, [String]).self) { group in
            for worker in 0..<workers {
                group.addTask { Self.explore(worker: worker, workers: workers) }
            }
            var tally = SimulationTally()
            var failures: [String] = []
            for await (part, failed) in group {
                tally += part
                failures += failed
            }
            return (tally, failures)
        }
        print(tally)
        #expect(tally.steps >= Int(Self.seeds) * 1000 || !failures.isEmpty)
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
    }

    private static func explore(worker: UInt64, workers: UInt64) -> (SimulationTally, [String]) {
        var tally = SimulationTally()
        var failures: [String] = []
        var seed = first + worker
        while seed < first + seeds, failures.count < 3 {
            let plan = Plan(seed: seed)
            var simulation = Simulation(plan)
            if let violation = simulation.run() {
                failures.append(Minimiser.report(plan, violation))
            }
            tally += simulation.tally
            seed += workers
        }
        return (tally, failures)
    }
}
