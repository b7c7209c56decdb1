import CheckClient
import Testing

@Suite("A volunteer reports what it finds")
struct ReportingTests {
    /// A volunteer with one lease of so many users.
    private func holding(_ users: Int, workers: Int = 1) -> VolunteerWorld {
        var world = VolunteerWorld.working(workers: workers)
        world.answer(world.grant(world.lease("a", users: users)))
        return world
    }

    @Test("partial results leave when there are enough of them")
    func byCount() {
        var world = holding(180)
        world.check("a", 59)
        #expect(world.reports.isEmpty)
        world.check("a", 1)
        #expect(world.reports.first?.report.results.count == 60)
        #expect(world.reports.first?.report.release == false)
    }

    @Test("a few results leave when they are old enough")
    func byAge() {
        var world = holding(180)
        world.check("a", 2)
        world.pass(4.9)
        #expect(world.reports.isEmpty)
        world.pass(0.2)
        #expect(world.reports.first?.report.results.count == 2)
    }

    @Test("a lost answer: the same rows leave again with what came meanwhile")
    func lostAnswer() {
        var world = holding(3)
        world.check("a", 1)
        world.pass(6)
        world.check("a")
        world.answer(.failed(.unreachable("closed")), to: .report)
        world.pass(5)
        #expect(world.reports.first?.report.results.map(\.screenName) == ["a_0", "a_1", "a_2"])
    }

    @Test("a lease that is gone is dropped, its session ended, and work goes on", arguments: [410, 403, 404, 409])
    func leaseGone(status: Int) {
        var world = holding(100)
        world.check("a", 60)
        world.answer(VolunteerWorld.refusal(status == 410 ? "lease-gone" : "lease-not-yours", status), to: .report)
        #expect(world.abandoned == ["a"])
        world.give(.sessionEnded(lease: "a", failure: nil))
        #expect(world.leaseRequests.count == 1)
        #expect(world.outcome == nil)
    }

    @Test("a row that is refused is told, and what stays open of the lease is given back")
    func rowRefused() {
        var world = holding(2)
        world.check("a")
        world.answer(
            .received(
                Receipt(
                    accepted: 1, rejected: [.init(index: 1, screenName: "a_1", reason: "accountMismatch")],
                    remaining: 1, state: "open")))
        #expect(world.notices.contains(.rowRefused(screenName: "a_1", reason: "accountMismatch")))
        #expect(world.reports.last?.report == Report(results: [], release: true))
        world.calls.removeAll { if case .lease = $0.call { true } else { false } }
        world.answer(.received(Receipt(accepted: 0, remaining: 0, state: "released")))
        #expect(world.volunteer.totals.refused == 1)
    }

    @Test("users that the checker leaves out are given back with the last report")
    func unanswered() {
        var world = holding(3)
        world.check("a", 2)
        world.give(.sessionEnded(lease: "a", failure: nil))
        #expect(world.notices.contains(.unanswered(users: 1)))
        #expect(world.reports.first?.report.results.count == 2)
        #expect(world.reports.first?.report.release == true)
    }

    @Test("a result about a user that was not asked about is told and not reported")
    func notAsked() {
        var world = holding(1)
        world.give(.found(lease: "a", CheckResult(screenName: "somebody", verdict: .dm)))
        #expect(world.notices.contains(.notAsked(screenName: "somebody")))
        #expect(world.reports.isEmpty)
    }

    @Test("names are compared folded and reported as the lease spells them")
    func foldedNames() {
        var world = holding(1)
        world.give(.found(lease: "a", CheckResult(screenName: "A_0", verdict: .dm)))
        #expect(world.reports.first?.report.results.map(\.screenName) == ["a_0"])
    }

    @Test("a crash of the checker is told; what it left is handed out again")
    func crash() {
        var world = holding(3)
        world.check("a", 1)
        world.inChecker = [:]
        world.give(.sessionEnded(lease: "a", failure: "exit status 3"))
        #expect(world.notices.contains(.checkerCrashed("exit status 3")))
        world.pass(5)
        #expect(world.opened == ["a", "a"])
        #expect(world.inChecker["a"]?.map(\.screenName) == ["a_1", "a_2"])
    }

    @Test("a checker that only crashes ends the volunteer; the lease goes back")
    func onlyCrashes() {
        var world = holding(3)
        for _ in 0..<3 {
            world.give(.sessionEnded(lease: "a", failure: "exit status 127"))
            world.pass(20)
        }
        #expect(world.waitingCalls.contains(.giveBack(lease: "a")))
        world.answer(.givenBack)
        guard case .failed(let message) = world.outcome else {
            Issue.record("it fails")
            return
        }
        #expect(message.contains("exit status 127"))
    }
}
