import ClusterSimulation
import Foundation
import Testing

@Suite("One node from a seed, with volunteers, an operator and crashes")
struct ScenarioTests {
    private func run(_ scenario: Scenario, seed: UInt64) throws -> Scenario.Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "dmcheck-simulation-\(seed)-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try scenario.run(seed: seed, store: MachineShards(folder: folder.path))
    }

    @Test("what must always be true is true at every step", arguments: 1...80 as ClosedRange<UInt64>)
    func invariantsHold(seed: UInt64) throws {
        let result = try run(Scenario(), seed: seed)
        #expect(result.violations.isEmpty, "seed \(seed): \(result.violations)")
        #expect(result.grants > 10, "seed \(seed)")
        #expect(result.reports > 50, "seed \(seed)")
    }

    @Test("crashes in quick succession change nothing of that", arguments: 1001...1040 as ClosedRange<UInt64>)
    func crashesOften(seed: UInt64) throws {
        var scenario = Scenario()
        scenario.crashOneIn = 30
        scenario.slowWriteOneIn = 5
        scenario.shards = 1 + Int(seed % 4)
        let result = try run(scenario, seed: seed)
        #expect(result.violations.isEmpty, "seed \(seed): \(result.violations)")
        #expect(result.crashes > 5, "seed \(seed)")
    }

    @Test("nor does a disk that is slow again and again", arguments: 2001...2020 as ClosedRange<UInt64>)
    func slowDisk(seed: UInt64) throws {
        var scenario = Scenario()
        scenario.slowWriteOneIn = 8
        let result = try run(scenario, seed: seed)
        #expect(result.violations.isEmpty, "seed \(seed): \(result.violations)")
    }

    @Test("two agreeing observations for a verdict", arguments: 3001...3020 as ClosedRange<UInt64>)
    func redundancy(seed: UInt64) throws {
        var scenario = Scenario()
        scenario.redundancy = 2
        let result = try run(scenario, seed: seed)
        #expect(result.violations.isEmpty, "seed \(seed): \(result.violations)")
    }

    @Test("one seed, one run")
    func repeats() throws {
        let first = try run(Scenario(), seed: 5)
        let second = try run(Scenario(), seed: 5)
        #expect(first.entries == second.entries)
        #expect(first.grants == second.grants)
        #expect(first.reports == second.reports)
    }
}
