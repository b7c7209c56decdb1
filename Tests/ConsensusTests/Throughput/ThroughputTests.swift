import Consensus
import Foundation
import Testing

@Suite("Throughput in memory", .serialized)
struct ThroughputTests {
    private static let scale = number("CONSENSUS_ENTRIES") ?? 200_000
    /// How many commands are proposed between two `takeReady`.
    private static let batches = number("CONSENSUS_BATCH").map { [$0] } ?? [1, 16, 256]

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    /// What an entry costs may not grow with the number of entries: if it did, ten times as many would cost ten times as much
    /// each. A busy machine makes up to 2.5 times of the same.
    private static let growth = 4.0

    @Test("three voters pass on entries, and the hundred-thousandth costs what the first did", arguments: batches)
    func threeVoters(batch: Int) throws {
        let rate = try steadyRate(voters: 3, batch: batch)
        print("3 voters, batches of \(batch): \(Int(rate)) entries/s, \(1_000_000_000 / Int(rate)) ns an entry")
    }

    @Test("a single voter likewise", arguments: batches)
    func singleVoter(batch: Int) throws {
        let rate = try steadyRate(voters: 1, batch: batch)
        print(
            "1 voter, batches of \(batch): \(Int(rate)) entries/s, so 10,000/s take \((100_000_000 / rate).rounded() / 100) % of a core"
        )
    }

    /// Entries a second, and a look whether a tenth of them are passed on at the same rate.
    private func steadyRate(voters: Int, batch: Int) throws -> Double {
        let few = try entriesPerSecond(voters: voters, batch: batch, count: Self.scale / 10)
        let many = try entriesPerSecond(voters: voters, batch: batch, count: Self.scale)
        #expect(many * Self.growth > few, "\(Int(few)) entries/s of a tenth, \(Int(many)) of all of them")
        return many
    }

    private func entriesPerSecond(voters: Int, batch: Int, count wanted: Int) throws -> Double {
        var group = InMemoryGroup(voters: voters)
        let command = [UInt8](repeating: 7, count: 100)
        let count = isOptimised ? wanted : wanted / 20
        let start = Self.processorSeconds
        try group.run(count: count, batch: batch, command: command)
        let seconds = Self.processorSeconds - start
        #expect(group.applied.allSatisfy { $0 == count + 1 })
        return Double(count) / seconds
    }

    /// The time that this thread has been running; other work on the machine does not count.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
