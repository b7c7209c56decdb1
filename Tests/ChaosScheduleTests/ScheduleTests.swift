import Testing
import dmcheck_chaos

@Suite("The schedule of faults")
struct ScheduleTests {
    private static func steps(_ seed: UInt64, _ kinds: [FaultKind], _ count: Int) -> [Schedule.Step] {
        Array(Schedule(seed: seed, kinds: kinds).prefix(count))
    }

    @Test("one seed is one schedule: what, when, how long and whom")
    func repeats() {
        let (one, other) = (Self.steps(7, FaultKind.allCases, 100), Self.steps(7, FaultKind.allCases, 100))
        #expect(one == other)
        #expect(Set(one.map(\.draw)).count == one.count)
        #expect(Self.steps(8, FaultKind.allCases, 100) != one)
    }

    @Test(
        "every kind comes once before any comes again, in an order that changes",
        arguments: 1...20 as ClosedRange<UInt64>)
    func bags(seed: UInt64) {
        let kinds = FaultKind.allCases
        let done = Self.steps(seed, kinds, 3 * kinds.count).map(\.kind)
        let bags = stride(from: 0, to: done.count, by: kinds.count).map { Array(done[$0..<$0 + kinds.count]) }
        for bag in bags { #expect(Set(bag) == Set(kinds)) }
        #expect(Set(bags).count == bags.count)
    }

    @Test("a calm before each, and an end to each; a late submit can come while it lasts")
    func durations() throws {
        let steps = Self.steps(3, [.kill, .lateSubmits], 400)
        for step in steps { #expect((1...10).contains(step.calm), "\(step)") }
        let kills = steps.filter { $0.kind == .kill }.map(\.seconds)
        let lates = steps.filter { $0.kind == .lateSubmits }.map(\.seconds)
        #expect(kills.allSatisfy { (1...10).contains($0) })
        #expect(try #require(lates.min()) > (try #require(kills.max())))
    }

    @Test("of nothing there is nothing to do")
    func empty() {
        var schedule = Schedule(seed: 1, kinds: [])
        #expect(schedule.next() == nil)
    }
}
