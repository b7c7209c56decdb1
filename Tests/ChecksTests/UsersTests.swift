import Checks
import HashRing
import Testing

@Suite("Users: added, marked, listed, deleted, and gone for good")
struct UsersTests {
    private let one = Volunteer(11)
    private let marking = Marking(service: .dmcheck, lane: .normal)

    @Test("existing users are joined, another account id is told by row")
    func addingJoins() throws {
        let shards = try Shards()
        let known = UserReference(screenName: name("a"), accountID: AccountID("5"))
        try shards.apply(.addUsers([known], mark: nil))
        let rows = [
            UserReference(screenName: name("A")), UserReference(screenName: name("a"), accountID: AccountID("6")),
            UserReference(screenName: name("b")), UserReference(screenName: name("b")),
        ]
        guard case .added(let tally) = try shards.apply(.addUsers(rows, mark: marking)) else {
            Issue.record("added")
            return
        }
        #expect(tally.added == 1 && tally.existing == 2 && tally.marked == 2 && tally.accountMismatches == [1])
        #expect(try shards.counts().pending == 2)
    }

    @Test("a result for a user that was deleted meanwhile is discarded, and nothing is resurrected")
    func F8_deletedWhileLeased() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add(["a", "b"])
        let lease = try shards.lease(one)[0]
        #expect(try shards.apply(.deleteUser(name("a"))) == .done)
        guard case .lease(let left) = try shards.query(.lease(lease.id, one.id, one.secret)) else {
            Issue.record("the lease is open")
            return
        }
        #expect(left.users.map(\.screenName.folded) == ["b"])
        guard case .reported(let receipt) = try shards.report(one, lease) else {
            Issue.record("reported")
            return
        }
        #expect(receipt.accepted == 1 && receipt.discarded == 1 && receipt.rejected.isEmpty && receipt.state == .done)
        #expect(try shards.user("a") == nil)
        #expect(try shards.counts().deleted == 1)
        try shards.deliver()
        #expect(try shards.statistics(one).unassignedUser == 0)
    }

    @Test("a lease left with no user is done at the next call, or at its deadline")
    func F8_leaseLeftWithNone() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add(["a"])
        let lease = try shards.lease(one)[0]
        try shards.apply(.deleteUser(name("a")))
        shards.advance(seconds: 1200)
        try shards.apply(.lapse([LeaseDeadline(lease: lease.id, deadline: lease.deadline)]))
        try shards.deliver()
        let statistics = try shards.statistics(one)
        #expect(statistics.bucketsDone == 1 && statistics.bucketsDead == 0 && statistics.bucketsHeld == 0)
    }

    @Test("deleting takes observations, verdicts and counts with it; only an explicit add brings the name back, anew")
    func F9_I5_deletion() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add(["a", "b"])
        try shards.report(one, try shards.lease(one)[0])
        try shards.apply(.deleteUser(name("a")))
        #expect(try shards.apply(.deleteUser(name("a"))) == .refused(.unknownUser))
        guard case .counts(let counts) = try shards.query(.counts(.dmcheck)) else {
            Issue.record("counts")
            return
        }
        #expect(counts.done == 1 && counts.deleted == 1 && counts.byVerdict == [VerdictCount(verdict: .dm, count: 1)])
        #expect(try shards.user("b")?.verdicts.count == 1)
        try shards.add(["a"])
        let again = try shards.user("a")
        #expect(again?.verdicts.isEmpty == true && again?.tasks.first?.state == .pending)
        #expect(try shards.counts().deleted == 0)
    }

    @Test("users by state, lane and prefix, in parts, each once")
    func F7_listing() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add((0..<200).map { "user\($0)" })
        try shards.add(["lone"], mark: nil)
        try shards.report(one, try shards.lease(one)[0])
        func list(_ filter: UserFilter, limit: Int = 50) throws -> [UserListItem] {
            var items: [UserListItem] = []
            var page = Page(limit: limit)
            while case .users(let part) = try shards.query(.users(filter, page)) {
                #expect(part.items.count <= limit)
                items += part.items
                guard let next = part.next else { break }
                page.after = next
            }
            return items
        }
        #expect(try list(UserFilter(service: .dmcheck)).count == 201)
        #expect(try list(UserFilter(service: .dmcheck, state: .done)).count == 180)
        #expect(try list(UserFilter(service: .dmcheck, state: .pending)).count == 20)
        #expect(try list(UserFilter(service: .dmcheck, state: .unmarked)).map(\.user.screenName.folded) == ["lone"])
        #expect(try list(UserFilter(service: .dmcheck, lane: .urgent)).isEmpty)
        let prefixed = try list(UserFilter(service: .dmcheck, prefix: "user1"), limit: 7)
        #expect(prefixed.count == 111 && Set(prefixed.map(\.user.screenName)).count == 111)
    }

    @Test("marking everyone unmarked is a job with bounded steps")
    func markUnmarked() throws {
        let shards = try Shards()
        try shards.add((0..<1200).map { "user\($0)" }, mark: nil)
        #expect(try shards.counts().unmarked == 1200)
        #expect(try shards.apply(.markUnmarked(marking)) == .jobStarted(1))
        #expect(shards.summaries[shards.ids[0]]?.jobs == true)
        var steps = 1
        while case .jobStep(more: true) = try shards.apply(.jobStep) { steps += 1 }
        #expect(steps == 3)
        #expect(try shards.counts().bucketed == 1080 && shards.counts().pending == 120)
        #expect(try shards.counts().unmarked == 0)
    }

    @Test("every event of a user, in order")
    func N13_trace() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add(["a"])
        let lease = try shards.lease(one)[0]
        shards.advance(seconds: 10)
        try shards.report(one, lease, .nonDM)
        guard case .events(let trace) = try shards.query(.events(name("a"), Page(limit: 10))) else {
            Issue.record("traced")
            return
        }
        #expect(trace.items.map(\.kind) == ["added", "marked", "bucketed", "leased", "reported"])
        #expect(trace.items.last?.client == one.id && trace.items.last?.lease == lease.id)
    }

    @Test("a trace says each time that a user waits again, whatever was said of it under the lease (N13)")
    func traceOfReturns() throws {
        let shards = try Shards()
        let two = Volunteer(2)
        let three = Volunteer(3)
        for volunteer in [one, two, three] { try shards.register(volunteer) }
        try shards.add(["a", "b"])
        try shards.report(one, try shards.lease(one)[0], .dm, followsChecker: true)
        shards.advance(seconds: 10)
        let second = try shards.lease(two)[0]
        try shards.report(two, second, .dm, only: ["a"], followsChecker: true)
        try shards.apply(.giveBack(second.id, two.id, two.secret))
        shards.advance(seconds: 10)
        try shards.report(three, try shards.lease(three)[0], .nonDM)
        func kinds(_ user: String) throws -> [String] {
            guard case .events(let trace) = try shards.query(.events(name(user), Page(limit: 20))) else { return [] }
            return trace.items.map(\.kind)
        }
        let start = ["added", "marked", "bucketed", "leased", "reported", "requeued", "leased"]
        #expect(try kinds("a") == start + ["reported", "givenBack", "leased", "reported"])
        #expect(try kinds("b") == start + ["givenBack", "leased", "reported"])
    }

    @Test("every user is exported once with its current verdict")
    func exporting() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add((0..<181).map { "user\($0)" })
        try shards.report(one, try shards.lease(one)[0], .suspended)
        var rows: [ExportRow] = []
        var page = Page(limit: 50)
        while case .export(let part) = try shards.query(.export(.dmcheck, page)) {
            rows += part.items
            guard let next = part.next else { break }
            page.after = next
        }
        #expect(rows.count == 181 && rows.count { $0.verdict == .suspended } == 180)
        #expect(rows.first?.clients == [one.id])
    }

    @Test("a paused service forms and grants nothing, a revoked one lets leases finish and takes no marks")
    func N1_pausedAndRevoked() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.add(["a", "b"])
        let lease = try shards.lease(one)[0]
        try shards.configure(state: .paused)
        try shards.add((0..<200).map { "user\($0)" })
        #expect(try shards.counts().pending == 200)
        #expect(shards.summaries[shards.ids[0]]?.ready.isEmpty == true)
        try shards.configure(state: .active)
        #expect(try shards.counts().bucketed == 180)
        try shards.configure(state: .revoked)
        #expect(try shards.apply(.mark([name("a")], marking)) == .refused(.revokedService))
        guard case .reported(let receipt) = try shards.report(one, lease) else {
            Issue.record("a lease of a revoked service may finish")
            return
        }
        #expect(receipt.accepted == 2)
        #expect(try shards.user("a")?.verdicts.count == 1)
    }
}
