import Checks
import HashRing
import Testing

@Suite("Leases: one holder, results stored once, every end accounted for")
struct LeasingTests {
    private let one = Volunteer(11)
    private let two = Volunteer(12)

    private func names(_ range: Range<Int>) -> [String] { range.map { "user\($0)" } }

    @Test("a full bucket is formed at once, leased, reported and done")
    func T_7_3_1_ownerUpdates() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add(names(0..<180))
        #expect(try shards.counts().bucketed == 180)
        let leases = try shards.lease(one)
        #expect(leases.count == 1 && leases[0].users.count == 180 && leases[0].attempt == 1)
        #expect(try shards.counts().leased == 180)
        guard case .reported(let receipt) = try shards.report(one, leases[0]) else {
            Issue.record("the report is taken")
            return
        }
        #expect(receipt.accepted == 180 && receipt.remaining == 0 && receipt.state == .done)
        try shards.deliver()
        let statistics = try shards.statistics(one)
        #expect(statistics.bucketsAssigned == 1 && statistics.bucketsDone == 1 && statistics.bucketsHeld == 0)
        #expect(statistics.usersByVerdict == [VerdictCount(verdict: .dm, count: 180)])
        #expect(try shards.counts().done == 180)
        #expect(try shards.user("user7")?.verdicts.map(\.verdict) == [.dm])
    }

    @Test("several buckets are disjoint, and a part is formed on demand")
    func T_7_2_2_severalBuckets() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add(names(0..<400))
        let leases = try shards.lease(one, count: 3)
        #expect(leases.map(\.users.count).sorted() == [40, 180, 180])
        #expect(Set(leases.flatMap { $0.users.map(\.screenName) }).count == 400)
        #expect(try shards.lease(two).isEmpty)
    }

    @Test("only the holder may report, and a stranger learns only that it is another's")
    func T_7_3_2_notOwned() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.register(two)
        try shards.add(names(0..<10))
        let lease = try shards.lease(one)[0]
        let before = try shards[1].query(.digest)
        #expect(try shards.report(two, lease) == .refused(.notYours))
        var thief = two
        thief.id = one.id
        #expect(try shards.report(thief, lease) == .refused(.unauthenticated))
        #expect(try shards.counts().leased == 10)
        _ = before
    }

    @Test("a partial report is durable, the rest stays leased")
    func T_7_3_5_partial() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add(names(0..<10))
        let lease = try shards.lease(one)[0]
        guard case .reported(let receipt) = try shards.report(one, lease, only: ["user1", "user2"]) else {
            Issue.record("the report is taken")
            return
        }
        #expect(receipt.accepted == 2 && receipt.remaining == 8 && receipt.state == .open)
        guard case .lease(let rest) = try shards.query(.lease(lease.id, one.id, one.secret)) else {
            Issue.record("the lease is open")
            return
        }
        #expect(rest.users.count == 8 && rest.reported)
        guard case .reported(let released) = try shards.report(one, lease, only: ["user3"], release: true) else {
            Issue.record("the report is taken")
            return
        }
        #expect(released.accepted == 1 && released.remaining == 7 && released.state == .released)
        #expect(try shards.counts().done == 3)
        #expect(try shards.counts().bucketed == 7)
    }

    @Test("a row for a user that is not in the bucket is rejected by name, the others are stored, the fault is counted")
    func T_7_3_6_userNotInBucket() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add(names(0..<3))
        let lease = try shards.lease(one)[0]
        let rows = [
            ReportedResult(screenName: name("stranger"), verdict: .dm),
            ReportedResult(screenName: name("user1"), verdict: .nonDM),
        ]
        guard
            case .reported(let receipt) = try shards.apply(
                .report(lease.id, one.id, one.secret, rows: rows, release: false))
        else {
            Issue.record("the report is taken")
            return
        }
        #expect(receipt.accepted == 1)
        #expect(receipt.rejected == [ReportReceipt.Rejected(row: 0, reason: .notInBucket)])
        try shards.deliver()
        #expect(try shards.statistics(one).unassignedUser == 1)
    }

    @Test("the same rows again are replayed, other words for the same user conflict, counters move once")
    func T_7_4_2_sameRowsTwice() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add(names(0..<3))
        let lease = try shards.lease(one)[0]
        try shards.report(one, lease, only: ["user0"])
        guard case .reported(let again) = try shards.report(one, lease, only: ["user0"]),
            case .reported(let other) = try shards.report(one, lease, .nonDM, only: ["user0"]),
            case .reported(let rest) = try shards.report(one, lease)
        else {
            Issue.record("the reports are taken")
            return
        }
        #expect(again.replayed == 1 && again.accepted == 0)
        #expect(other.rejected.map(\.reason) == [.conflictsWithEarlier])
        #expect(rest.accepted == 2 && rest.replayed == 1 && rest.state == .done)
        guard case .reported(let late) = try shards.report(one, lease) else {
            Issue.record("a repeated last report is no error")
            return
        }
        #expect(late.replayed == 3 && late.state == .done)
        #expect(try shards.report(one, lease, .suspended) == .refused(.leaseGone))
        shards.advance(seconds: 86_401)
        #expect(try shards.report(one, lease) == .refused(.leaseGone))
        try shards.deliver()
        #expect(try shards.statistics(one).usersByVerdict == [VerdictCount(verdict: .dm, count: 3)])
    }

    @Test("a silent client is dead at the deadline, counted once, released after the grace; its late write is gone")
    func T_7_3_8_neverUpdates() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.register(two)
        try shards.add(names(0..<5))
        let lease = try shards.lease(one)[0]
        let seen = [LeaseDeadline(lease: lease.id, deadline: lease.deadline)]
        try shards.apply(.lapse(seen))
        #expect(shards.summaries[shards.ids[0]]?.nextRelease == nil)
        shards.advance(seconds: 1200)
        try shards.apply(.lapse(seen))
        try shards.apply(.lapse(seen))
        try shards.deliver()
        var statistics = try shards.statistics(one)
        #expect(statistics.bucketsDead == 1 && statistics.bucketsHeld == 1)
        try shards.apply(.release(seen))
        #expect(try shards.counts().leased == 5)
        shards.advance(seconds: 300)
        try shards.apply(.release(seen))
        #expect(try shards.counts().bucketed == 5)
        #expect(try shards.report(one, lease) == .refused(.leaseGone))
        try shards.deliver()
        statistics = try shards.statistics(one)
        #expect(statistics.bucketsAssigned == 1 && statistics.bucketsReleased == 1 && statistics.bucketsHeld == 0)
        let again = try shards.lease(two)
        #expect(again[0].attempt == 2)
    }

    @Test("a renewal moves the deadline up to the longest lease, and a queued release finds it moved")
    func N6_renewalBeatsRelease() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add(names(0..<5))
        let lease = try shards.lease(one)[0]
        let seen = [LeaseDeadline(lease: lease.id, deadline: lease.deadline)]
        #expect(try shards.apply(.renew(lease.id, one.id, one.secret)) == .refused(.renewalTooEarly))
        shards.advance(seconds: 1600)
        guard case .renewed(let deadline) = try shards.apply(.renew(lease.id, one.id, one.secret)) else {
            Issue.record("a dead lease opens again")
            return
        }
        #expect(deadline == shards.now.adding(seconds: 1200))
        try shards.apply(.release(seen))
        #expect(try shards.counts().leased == 5)
        shards.advance(seconds: 5600)
        #expect(
            try shards.apply(.renew(lease.id, one.id, one.secret))
                == .renewed(deadline: lease.grantedAt.adding(seconds: 7200)))
        #expect(try shards.apply(.renew(lease.id, one.id, one.secret)) == .refused(.renewalTooEarly))
    }

    @Test("attempts are bounded: after the last one the tasks are failed until rechecked")
    func I6_attemptsAreBounded() throws {
        var settings = ServiceSettings()
        settings.maxAttempts = 2
        let shards = try Shards(settings: settings)
        try shards.register(one)
        try shards.add(["poison"])
        for _ in 0..<2 {
            let lease = try shards.lease(one)[0]
            shards.advance(seconds: 1500)
            try shards.apply(.release([LeaseDeadline(lease: lease.id, deadline: lease.deadline)]))
        }
        #expect(try shards.state("poison") == .failed)
        #expect(try shards.lease(one).isEmpty)
        #expect(
            try shards.apply(.recheck([name("poison")], Marking(service: .dmcheck, lane: .normal)))
                == .rechecked(
                    {
                        var tally = RecheckTally()
                        tally.requeued = 1
                        return tally
                    }()))
        #expect(try shards.user("poison")?.tasks.first?.attempt == 0)
        #expect(try shards.lease(one).count == 1)
    }

    @Test("a note is kept and shown in the trace; one that is too long makes its row malformed")
    func notes() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add(names(0..<2))
        let lease = try shards.lease(one)[0]
        let rows = [
            ReportedResult(
                screenName: name("user0"), verdict: .unknown, checkedAt: Timestamp(milliseconds: Int64.min), note: "odd"
            ),
            ReportedResult(screenName: name("user1"), verdict: .dm, note: String(repeating: "x", count: 1001)),
        ]
        guard
            case .reported(let receipt) = try shards.apply(
                .report(lease.id, one.id, one.secret, rows: rows, release: false))
        else {
            Issue.record("the report is taken")
            return
        }
        #expect(receipt.accepted == 1 && receipt.rejected.map(\.reason) == [.malformedRow] && receipt.remaining == 1)
        guard case .events(let trace) = try shards.query(.events(name("user0"), Page(limit: 10))) else {
            Issue.record("traced")
            return
        }
        #expect(trace.items.last?.details.contains { $0.name == "note" && $0.value == .text("odd") } == true)
    }
}
