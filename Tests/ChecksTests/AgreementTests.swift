import Checks
import HashRing
import Testing

@Suite("What the system believes: agreement, conditions, history")
struct AgreementTests {
    private let one = Volunteer(11)
    private let two = Volunteer(12)
    private let three = Volunteer(13)

    private func shards(redundancy: Int = 1) throws -> Shards {
        var settings = ServiceSettings()
        settings.redundancy = redundancy
        let shards = try Shards(settings: settings)
        for volunteer in [one, two, three] { try shards.register(volunteer) }
        return shards
    }

    @Test("with redundancy 2 two clients must agree, and the same client is not asked twice")
    func N14_twoMustAgree() throws {
        let shards = try shards(redundancy: 2)
        try shards.add(["a", "b"])
        let first = try shards.lease(one)[0]
        guard case .reported(let receipt) = try shards.report(one, first) else {
            Issue.record("reported")
            return
        }
        #expect(receipt.accepted == 2 && receipt.state == .done)
        #expect(try shards.state("a") == .bucketed)
        #expect(try shards.user("a")?.verdicts.isEmpty == true)
        #expect(try shards.lease(one).isEmpty)
        let second = try shards.lease(two)[0]
        try shards.report(two, second)
        #expect(try shards.state("a") == .done)
        let verdict = try shards.user("a")?.verdicts.first
        #expect(verdict?.clients == [one.id, two.id] && verdict?.leases == [first.id, second.id])
        try shards.deliver()
        #expect(try shards.statistics(one).agreeing == 2 && shards.statistics(one).judged == 2)
        #expect(try shards.statistics(two).judged == 2)
    }

    @Test("a user raised to urgent before it had a bucket has its verdict once")
    func I7_raisedBeforeItHadABucket() throws {
        let shards = try shards()
        try shards.add(["a", "b"])
        try shards.apply(.mark([name("a")], Marking(service: .dmcheck, lane: .urgent)))
        for lease in try shards.lease(one) + shards.lease(one) { try shards.report(one, lease) }
        #expect(try shards.user("a")?.verdicts.count == 1)
        #expect(try shards.user("b")?.verdicts.count == 1)
    }

    @Test("disagreement is retried with a third client, and the odd one out is known")
    func N14_disagreement() throws {
        let shards = try shards(redundancy: 2)
        try shards.add(["a"])
        try shards.report(one, try shards.lease(one)[0], .dm)
        try shards.report(two, try shards.lease(two)[0], .nonDM)
        #expect(try shards.state("a") == .bucketed)
        try shards.report(three, try shards.lease(three)[0], .nonDM)
        #expect(try shards.user("a")?.verdicts.map(\.verdict) == [.nonDM])
        #expect(try shards.user("a")?.verdicts.first?.clients == [two.id, three.id])
        try shards.deliver()
        #expect(try shards.statistics(one).agreeing == 0 && shards.statistics(one).judged == 1)
    }

    @Test("a dm from someone the user follows is conditional: the user goes to another client")
    func N14_conditional() throws {
        let shards = try shards()
        try shards.add(["a", "b"])
        let lease = try shards.lease(one)[0]
        try shards.report(one, lease, .dm, only: ["a"], followsChecker: true)
        try shards.report(one, lease, .nonDM, only: ["b"], followsChecker: true)
        #expect(try shards.state("b") == .done)
        #expect(try shards.state("a") == .bucketed)
        let conditional = try shards.user("a")?.verdicts.first
        #expect(conditional?.conditional == true && conditional?.validTo == nil)
        guard case .counts(let counts) = try shards.query(.counts(.dmcheck)) else {
            Issue.record("counts")
            return
        }
        #expect(counts.byVerdict == [VerdictCount(verdict: .nonDM, count: 1)])
        #expect(try shards.lease(one).isEmpty)
        shards.advance(seconds: 5)
        let next = try shards.lease(two)[0]
        #expect(next.users.map(\.screenName.folded) == ["a"])
        try shards.report(two, next, .nonDM)
        let verdicts = try shards.user("a")?.verdicts ?? []
        #expect(verdicts.map(\.verdict) == [.dm, .nonDM] && verdicts.map(\.conditional) == [true, false])
        #expect(verdicts[0].validTo == shards.now)
    }

    @Test("rounds without agreement are bounded: the task fails, visibly")
    func I6_roundsAreBounded() throws {
        var settings = ServiceSettings()
        settings.maxAttempts = 1
        let shards = try Shards(settings: settings)
        try shards.add(["a"])
        for number in 1...2 {
            let volunteer = Volunteer(UInt64(number))
            try shards.register(volunteer)
            try shards.report(volunteer, try shards.lease(volunteer)[0], .dm, followsChecker: true)
        }
        #expect(try shards.state("a") == .failed)
    }

    @Test("another account id is refused by row and flags the user; the rest is taken")
    func N14_accountMismatch() throws {
        let shards = try shards()
        let known = UserReference(screenName: name("a"), accountID: AccountID("007"))
        try shards.apply(
            .addUsers([known, UserReference(screenName: name("b"))], mark: Marking(service: .dmcheck, lane: .normal)))
        let lease = try shards.lease(one)[0]
        #expect(lease.users[0].accountID?.digits == "007")
        let rows = [
            ReportedResult(screenName: name("a"), accountID: AccountID("7"), verdict: .dm),
            ReportedResult(screenName: name("b"), accountID: AccountID("9"), verdict: .dm),
        ]
        guard
            case .reported(let receipt) = try shards.apply(
                .report(lease.id, one.id, one.secret, rows: rows, release: false))
        else {
            Issue.record("reported")
            return
        }
        #expect(receipt.accepted == 1 && receipt.rejected.map(\.reason) == [.accountMismatch])
        #expect(try shards.user("a")?.possiblyRenamed == true)
        #expect(try shards.user("b")?.possiblyRenamed == false)
    }

    @Test("a re-run adds to the history and keeps the old verdict current until the new one")
    func F12_F13_recheck() throws {
        let shards = try shards()
        try shards.add(["a"])
        let start = shards.now
        try shards.report(one, try shards.lease(one)[0], .dm)
        shards.advance(seconds: 100)
        let again = Marking(service: .dmcheck, lane: .normal)
        guard case .rechecked(let tally) = try shards.apply(.recheck([name("a"), name("nobody")], again)),
            case .rechecked(let joined) = try shards.apply(.recheck([name("a")], again))
        else {
            Issue.record("rechecked")
            return
        }
        #expect(tally.requeued == 1 && tally.unknown == [name("nobody")])
        #expect(joined.running == 1 && joined.requeued == 0)
        #expect(try shards.user("a")?.verdicts.first?.validTo == nil)
        #expect(try shards.counts().pending == 1 && shards.counts().done == 0)
        try shards.report(two, try shards.lease(two)[0], .protected)
        let verdicts = try shards.user("a")?.verdicts ?? []
        #expect(verdicts.map(\.verdict) == [.dm, .protected])
        #expect(verdicts[0].validTo == shards.now && verdicts[1].validTo == nil)
        #expect(try shards.user("a", asOf: start)?.verdicts.map(\.verdict) == [.dm])
        #expect(try shards.user("a", asOf: shards.now)?.verdicts.map(\.verdict) == [.protected])
        guard case .counts(let counts) = try shards.query(.counts(.dmcheck)) else {
            Issue.record("counts")
            return
        }
        #expect(counts.byVerdict == [VerdictCount(verdict: .protected, count: 1)])
    }

    @Test("recheck by age is a job: only what is older runs again")
    func F12_recheckOlder() throws {
        let shards = try shards()
        try shards.add(["a"])
        try shards.report(one, try shards.lease(one)[0])
        shards.advance(seconds: 1000)
        try shards.add(["b"])
        try shards.report(one, try shards.lease(one)[0])
        let marking = Marking(service: .dmcheck, lane: .normal)
        try shards.apply(.recheckOlder(than: shards.now.adding(seconds: -500), marking))
        while case .jobStep(more: true) = try shards.apply(.jobStep) {}
        #expect(try shards.state("a") == .pending)
        #expect(try shards.state("b") == .done)
    }
}
