import CheckClient
import Foundation
import Testing

@Suite("A volunteer registers and recollects")
struct RegisteringTests {
    @Test("it registers first, then lists its leases, then asks for work")
    func order() {
        var world = VolunteerWorld()
        world.give(.start)
        #expect(world.waitingCalls == [.register])
        world.answer(.registered)
        #expect(world.waitingCalls == [.listLeases])
        world.answer(.leases([]))
        #expect(world.leaseRequests.count == 1)
        #expect(world.leaseRequests.first?.request.count == 1)
    }

    @Test("started again after a crash it goes on with the lease it held, before it takes another")
    func F5_goesOnAfterCrash() {
        var world = VolunteerWorld()
        let held = world.lease("old", users: 3, seconds: 700)
        world.give(.start)
        world.answer(.registered)
        world.answer(.leases([held]))
        #expect(world.opened == ["old"])
        #expect(world.inChecker["old"]?.map(\.screenName) == ["old_0", "old_1", "old_2"])
        world.check("old")
        #expect(world.reports.first?.report.results.count == 3)
    }

    @Test("a dead lease among those held is renewed at once")
    func deadLease() {
        var world = VolunteerWorld()
        let dead = world.lease("old", users: 3, seconds: -10)
        world = .working(holding: [dead])
        world.pass(0.1)
        #expect(world.waitingCalls.contains(.renew(lease: "old")))
    }

    @Test("a held lease whose users were all deleted is closed with an empty report")
    func emptyLease() {
        let world = VolunteerWorld.working(holding: [VolunteerWorld().lease("old", users: 0)])
        #expect(world.reports.first?.report == Report(results: [], release: true))
    }

    @Test("while no node answers it keeps trying, with growing pauses")
    func unreachable() {
        var world = VolunteerWorld()
        world.give(.start)
        var moments: [Double] = []
        for _ in 0..<6 {
            moments.append(world.now)
            world.answer(.failed(.unreachable("connection refused")))
            #expect(world.calls.isEmpty)
            world.pass((world.wakeAt ?? .infinity) - world.now)
            #expect(world.waitingCalls == [.register])
        }
        let pauses = zip(moments.dropFirst(), moments).map { $0 - $1 }
        #expect(zip(pauses.dropFirst(), pauses).allSatisfy { $0 > $1 })
        #expect(world.notices.count == 1, "that nothing has changed is told once")
        #expect(world.outcome == nil)
    }

    @Test(
        "it ends with a message when the cluster will never take it",
        arguments: [("identity-taken", 403), ("invite-required", 403), ("invalid-fields", 422)])
    func hopeless(slug: String, status: Int) throws {
        var world = VolunteerWorld()
        world.give(.start)
        world.answer(VolunteerWorld.refusal(slug, status))
        guard case .failed(let message) = try #require(world.outcome) else {
            Issue.record("it failed")
            return
        }
        #expect(message.contains("cannot register"))
    }

    @Test("a certificate of another authority ends it: no later attempt would end otherwise")
    func untrusted() {
        var world = VolunteerWorld()
        world.give(.start)
        world.answer(.failed(.untrusted("its authority is another one")))
        #expect(world.outcome != nil)
    }

    @Test("told 401 it registers again and goes on with what the cluster says it still holds")
    func registersAgain() {
        var world = VolunteerWorld.working(workers: 2)
        world.answer(world.grant(world.lease("a", users: 2), world.lease("b", users: 2)))
        world.check("a")
        #expect(world.reports.map(\.lease) == ["a"])
        world.answer(VolunteerWorld.refusal("unauthenticated", 401), to: .report)
        #expect(world.waitingCalls.contains(.register))
        world.calls.removeAll { $0.call != .register }
        world.answer(.registered)
        world.answer(.leases([world.lease("a", users: 2)]))
        #expect(world.reports.map(\.lease) == ["a"], "what was found is not lost")
        #expect(world.abandoned == ["b"], "a lease that is gone is dropped")
        #expect(world.outcome == nil)
    }

    @Test("refused again right after registering it ends")
    func refusedAgain() {
        var world = VolunteerWorld()
        world.give(.start)
        world.answer(.registered)
        world.answer(VolunteerWorld.refusal("unauthenticated", 401))
        world.answer(.registered)
        world.answer(VolunteerWorld.refusal("unauthenticated", 401))
        #expect(world.outcome != nil)
    }
}
