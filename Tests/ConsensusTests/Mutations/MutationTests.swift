import Consensus
import Foundation
import Testing

@Suite("Deliberate faults")
struct MutationTests {
    /// What finds a fault.
    struct Finding {
        let name: String
        let scenarios: [String]
        let simulation: String?
    }

    /// How far the simulation looks for each fault. Those that it finds at all, it finds within this.
    private static let seeds: UInt64 = 2500

    @Test("are each found, by a scenario or by the simulation")
    func found() async throws {
        let scenarios = try Scenario.all()
        let findings = await withTaskGroup(of: [(Int, Finding)].self) { group in
            for half in 0..<2 {
                group.addTask {
                    Mutation.all.indices.filter { $0 % 2 == half }.map { position in
                        let (name, fault) = Mutation.all[position]
                        let differing = scenarios.filter { $0.run(mutations: fault) != $0.text }.map(\.name)
                        // Without optimisation there is time for what no scenario notices.
                        let simulation = isOptimised || differing.isEmpty ? Self.simulate(fault) : nil
                        return (position, Finding(name: name, scenarios: differing, simulation: simulation))
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        for finding in findings {
            print(Self.row(finding))
            #expect(!finding.scenarios.isEmpty || finding.simulation != nil, "nothing finds \(finding.name)")
        }
        let found = findings.count { $0.simulation != nil }
        #expect(found >= 15 || !isOptimised, "the simulation alone must find most of them")
    }

    @Test("cost nothing and change nothing while they are switched off")
    func baseline() throws {
        for scenario in try Scenario.all() {
            #expect(scenario.run(mutations: []) == scenario.text, "\(scenario.name)")
        }
    }

    private static func simulate(_ fault: Mutation) -> String? {
        for seed in 1...seeds {
            var plan = Plan(seed: seed)
            plan.mutations = fault
            var simulation = Simulation(plan)
            if let violation = simulation.run() { return "seed \(seed): \(violation)" }
        }
        return nil
    }

    private static func row(_ finding: Finding) -> String {
        let few = finding.scenarios.prefix(2).joined(separator: ", ")
        let more = finding.scenarios.count > 2 ? " and \(finding.scenarios.count - 2) more" : ""
        return "| \(finding.name) | \(few)\(more) | \(finding.simulation ?? "-") |"
    }
}
