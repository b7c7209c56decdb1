import CheckClient
import Testing

@Suite("A volunteer stops cleanly")
struct StoppingTests {
    @Test("what was found is reported, the rest goes back, then it ends")
    func deliversAndGivesBack() {
        var world = VolunteerWorld.working(workers: 2)
        world.answer(world.grant(world.lease("a", users: 50), world.lease("b", users: 50)))
        world.check("a", 3)
        world.give(.stop)
        #expect(world.reports.first?.report.results.count == 3)
        #expect(world.reports.first?.report.release == true)
        #expect(world.waitingCalls.contains(.giveBack(lease: "b")))
        #expect(world.abandoned == ["a", "b"])
        world.answer(.received(Receipt(accepted: 3, remaining: 0, state: "released")))
        world.answer(.givenBack)
        #expect(world.outcome == nil, "a lease that was asked for may still come")
        world.answer(world.grant())
        #expect(world.outcome == .stopped)
    }

    @Test("a lease granted while it stops is given back")
    func lateGrant() {
        var world = VolunteerWorld.working()
        world.give(.stop)
        #expect(world.outcome == nil)
        world.answer(world.grant(world.lease("a", users: 5)))
        #expect(world.waitingCalls == [.giveBack(lease: "a")])
        world.answer(.givenBack)
        #expect(world.outcome == .stopped)
    }

    @Test("with nothing in its hands it ends at once")
    func nothingHeld() {
        var world = VolunteerWorld.working()
        world.answer(world.grant(retryAfter: 30))
        world.give(.stop)
        #expect(world.outcome == .stopped)
    }

    @Test("asked twice it ends at once")
    func twice() {
        var world = VolunteerWorld.working(holding: [VolunteerWorld().lease("a", users: 5)])
        world.give(.stop)
        world.give(.stop)
        #expect(world.outcome == nil, "the same wish told twice at once is one")
        world.pass(2)
        world.give(.stop)
        #expect(world.outcome == .stopped)
    }

    @Test("a cluster that does not answer cannot hold it")
    func deadline() {
        var world = VolunteerWorld.working(holding: [VolunteerWorld().lease("a", users: 5)])
        world.give(.stop)
        world.pass(16)
        #expect(world.outcome == .stopped)
    }
}
