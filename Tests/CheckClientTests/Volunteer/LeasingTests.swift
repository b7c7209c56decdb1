import CheckClient
import Foundation
import Testing

@Suite("A volunteer takes and keeps leases")
struct LeasingTests {
    @Test("an empty answer's Retry-After is honoured")
    func retryAfter() {
        var world = VolunteerWorld.working()
        world.answer(world.grant(retryAfter: 30))
        world.pass(29)
        #expect(world.calls.isEmpty)
        world.pass(2)
        #expect(world.leaseRequests.count == 1)
    }

    @Test("429 and 503 are honoured too", arguments: [("rate-limited", 429), ("unavailable", 503)])
    func refusedForNow(slug: String, status: Int) {
        var world = VolunteerWorld.working()
        world.answer(VolunteerWorld.refusal(slug, status, retryAfter: 10))
        world.pass(9.9)
        #expect(world.calls.isEmpty)
        world.pass(3)
        #expect(world.leaseRequests.count == 1)
    }

    @Test("a request whose answer was lost is repeated with the same key; the next has another")
    func sameKey() {
        var world = VolunteerWorld.working()
        let first = world.leaseRequests.first
        world.answer(.failed(.unreachable("closed")))
        world.pass(5)
        #expect(world.leaseRequests.first?.key == first?.key)
        #expect(world.leaseRequests.first?.request == first?.request)
        world.answer(world.grant(retryAfter: 1))
        world.pass(5)
        #expect(world.leaseRequests.first?.key != first?.key)
    }

    @Test("it holds one lease for each worker and asks for the next when one is handed out")
    func oneForEachWorker() {
        var world = VolunteerWorld.working(workers: 2)
        #expect(world.leaseRequests.first?.request.count == 2)
        world.answer(world.grant(world.lease("a", users: 100), world.lease("b", users: 100)))
        #expect(world.leaseRequests.isEmpty)
        world.check("a")
        #expect(world.leaseRequests.count == 1)
        #expect(world.leaseRequests.first?.request.count == 1)
    }

    @Test("it never asks for more leases than the cluster lets it hold")
    func cap() {
        var world = VolunteerWorld.working(workers: 4)
        world.answer(world.grant(world.lease("a", users: 1), cap: 1))
        #expect(world.leaseRequests.isEmpty)
    }

    @Test("a lease is renewed before its deadline, and again")
    func renews() {
        var world = VolunteerWorld.working(speed: 0.1)
        world.answer(world.grant(world.lease("a", users: 180, seconds: 1200)))
        world.pass(790)
        #expect(!world.waitingCalls.contains(.renew(lease: "a")))
        world.pass(20)
        #expect(world.waitingCalls == [.renew(lease: "a")])
        world.answer(.renewed(Renewal(deadline: Date(timeIntervalSince1970: world.now + 1200))))
        world.pass(810)
        #expect(world.waitingCalls == [.renew(lease: "a")])
    }

    @Test("a lease that cannot be extended is not renewed again, and its work goes on")
    func notRenewable() {
        var world = VolunteerWorld.working(speed: 0.1)
        world.answer(world.grant(world.lease("a", users: 180)))
        world.pass(810)
        world.answer(VolunteerWorld.refusal("conflict", 409), to: .renew)
        world.pass(300)
        #expect(world.calls.isEmpty)
        world.check("a", 1)
        world.pass(6)
        #expect(world.reports.count == 1)
    }

    @Test("a deadline is read by the node's clock")
    func clockOffset() {
        var world = VolunteerWorld()
        world.give(.start)
        let nodeNow = world.now - 3600
        world.answer(.registered, nodeTime: Date(timeIntervalSince1970: nodeNow))
        world.answer(.leases([]))
        let lease = Lease(
            id: "a", service: "dmcheck", grantedAt: Date(timeIntervalSince1970: nodeNow),
            deadline: Date(timeIntervalSince1970: nodeNow + 1200), users: [UserReference(screenName: "x")])
        world.answer(world.grant(lease))
        world.pass(700)
        #expect(!world.waitingCalls.contains(.renew(lease: "a")), "an hour's difference does not make it dead")
        world.pass(110)
        #expect(world.waitingCalls.contains(.renew(lease: "a")))
    }

    @Test("quarantined, it delivers what it holds and asks again later")
    func quarantined() {
        var world = VolunteerWorld.working(holding: [VolunteerWorld().lease("a", users: 2)])
        #expect(world.leaseRequests.count == 1)
        world.answer(VolunteerWorld.refusal("quarantined", 403), to: .lease)
        world.check("a")
        #expect(world.reports.map(\.lease) == ["a"])
        world.answer(.received(Receipt(accepted: 2, remaining: 0, state: "done")))
        world.pass(59)
        #expect(world.calls.isEmpty)
        world.pass(2)
        #expect(world.leaseRequests.count == 1)
        #expect(world.outcome == nil)
    }

    @Test("a revoked service ends it, after what it holds is delivered")
    func revoked() {
        var world = VolunteerWorld.working(holding: [VolunteerWorld().lease("a", users: 2)])
        world.answer(VolunteerWorld.refusal("conflict", 409), to: .lease)
        #expect(world.outcome == nil)
        world.check("a")
        world.answer(.received(Receipt(accepted: 2, remaining: 0, state: "done")))
        guard case .failed = world.outcome else {
            Issue.record("it ends with the reason")
            return
        }
    }
}
