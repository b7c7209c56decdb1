import Consensus
import Foundation
import Testing

/// Runs that once failed, each in a file `NAME.run` in the folder Scenarios/Regressions: comments (`#`) and a line
/// `seed=... keep=... fault=...`. They pass now; with the fault that they are named after they fail again.
@Suite("Runs that once failed")
struct RegressionTests {
    struct Regression {
        let name: String
        let seed: UInt64
        let kept: [Int]
        let fault: String?

        init?(name: String, text: String) {
            let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            guard let line = lines.first else { return nil }
            let options = ScenarioGroup.options(line.split(separator: " ").map(String.init))
            guard let seed = options["seed"].flatMap({ UInt64($0) }) else { return nil }
            self.name = name
            self.seed = seed
            kept = (options["keep"] ?? "").split(separator: ",").compactMap { Int($0) }
            fault = options["fault"]
        }

        func run(_ fault: Mutation) -> String? {
            var plan = Plan(seed: seed).keeping(kept)
            plan.mutations = fault
            var simulation = Simulation(plan)
            return simulation.run()
        }
    }

    static func all() throws -> [Regression] {
        guard let folder = Bundle.module.resourceURL?.appending(path: "Scenarios/Regressions") else { return [] }
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.sorted { $0.lastPathComponent < $1.lastPathComponent }.compactMap {
            Regression(name: $0.lastPathComponent, text: try String(contentsOf: $0, encoding: .utf8))
        }
    }

    @Test("pass now, and fail again with the fault that they were found by")
    func regressions() throws {
        let regressions = try Self.all()
        #expect(regressions.count > 10)
        for regression in regressions {
            let violation = regression.run([])
            #expect(violation == nil, "\(regression.name)")
            guard let name = regression.fault, let known = Mutation.all.first(where: { $0.name == name }) else {
                continue
            }
            #expect(regression.run(known.fault) != nil, "\(regression.name) no longer notices \(name)")
        }
    }

    /// Finds, minimises and writes one file for each fault that the simulation notices.
    @Test(
        "can be written anew",
        .enabled(if: ProcessInfo.processInfo.environment["CONSENSUS_WRITE_REGRESSIONS"] != nil))
    func write() throws {
        let folder = try #require(ProcessInfo.processInfo.environment["CONSENSUS_WRITE_REGRESSIONS"])
        let only = ProcessInfo.processInfo.environment["CONSENSUS_FAULT"]
        for (name, fault) in Mutation.all where only == nil || only == name {
            for seed in 1...20_000 as ClosedRange<UInt64> {
                var plan = Plan(seed: seed)
                plan.mutations = fault
                var simulation = Simulation(plan)
                guard let violation = simulation.run() else { continue }
                let kept = Minimiser.minimise(plan, violation)
                let text = """
                    # With the fault \(name): \(violation)
                    seed=\(seed) keep=\(kept.map(String.init).joined(separator: ",")) fault=\(name)

                    """
                let file = URL(filePath: folder).appending(path: "\(name).run")
                try text.write(to: file, atomically: true, encoding: .utf8)
                break
            }
        }
    }
}
