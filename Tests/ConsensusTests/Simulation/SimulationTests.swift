import Consensus
import Foundation
import Testing

@Suite("Simulated groups")
struct SimulationTests {
    static let seeds = ProcessInfo.processInfo.environment["CONSENSUS_SEEDS"].flatMap { UInt64($0) } ?? 20_000
    static let first = ProcessInfo.processInfo.environment["CONSENSUS_FIRST_SEED"].flatMap { UInt64($0) } ?? 1

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
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
    }

    private static func explore(worker: UInt64, workers: UInt64) -> (SimulationTally, [String]) {
        var tally = SimulationTally()
        var failures: [String] = []
        var seed = first + worker
        while seed < first + seeds, failures.count < 3 {
            var simulation = Simulation(Plan(seed: seed))
            if let violation = simulation.run() {
                failures.append("seed \(seed): \(violation)")
            }
            tally += simulation.tally
            seed += workers
        }
        return (tally, failures)
    }
}

extension SimulationTests {
    @Test(
        "a seed's trace can be looked at",
        .enabled(if: ProcessInfo.processInfo.environment["CONSENSUS_TRACE"] != nil))
    func trace() throws {
        let seed = try #require(ProcessInfo.processInfo.environment["CONSENSUS_TRACE"].flatMap { UInt64($0) })
        var simulation = Simulation(Plan(seed: seed), traces: true)
        let violation = simulation.run()
        for line in simulation.trace ?? [] { print(line) }
        for replica in simulation.replicas { print(replica.isUp, replica.applied, replica.group.status) }
        #expect(violation == nil)
    }
}
