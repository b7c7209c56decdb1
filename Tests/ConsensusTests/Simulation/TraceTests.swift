import Consensus
import Foundation
import Testing

@Suite("A simulated run")
struct TraceTests {
    @Test("is the same each time, event for event", arguments: [1, 2, 3, 4, 5] as [UInt64])
    func deterministic(seed: UInt64) {
        var first = Simulation(Plan(seed: seed), traces: true)
        var second = Simulation(Plan(seed: seed), traces: true)
        #expect(first.run() == second.run())
        #expect(first.trace == second.trace)
    }

    @Test("can be looked at", .enabled(if: ProcessInfo.processInfo.environment["CONSENSUS_TRACE"] != nil))
    func trace() throws {
        let seed = try #require(ProcessInfo.processInfo.environment["CONSENSUS_TRACE"].flatMap { UInt64($0) })
        var simulation = Simulation(Plan(seed: seed), traces: true)
        let violation = simulation.run()
        for line in simulation.trace ?? [] { print(line) }
        for replica in simulation.replicas {
            print(replica.group.id, Wording.describe(replica.group), replica.group.status)
        }
        #expect(violation == nil)
    }
}
