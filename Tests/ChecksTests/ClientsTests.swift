import Checks
import HashRing
import Testing

@Suite("Clients: registered once, counted exactly, held to what they can do")
struct ClientsTests {
    private let one = Volunteer(11)

    private func registration(_ screenName: String = "Checker_One", _ byte: UInt8 = 11, invited: Bool = true)
        -> Registration
    {
        Registration(screenName: screenName, secret: secret(byte), capability: nil, invited: invited)
    }

    private func record(_ outcome: Outcome) -> ClientRecord? {
        if case .registered(let record, _) = outcome { record } else { nil }
    }

    @Test("registering is idempotent, keeps the first moment and the leases, and replaces the capability")
    func T_7_1_2_registeringAgain() throws {
        let shards = try Shards()
        guard case .registered(let first, created: true) = try shards.apply(.register(one.id, registration())) else {
            Issue.record("created")
            return
        }
        #expect(first.state == .active && first.capability == Capability())
        shards.advance(seconds: 60)
        var again = registration("checker_one")
        again.capability = Capability(usersPerWindow: 5)
        guard case .registered(let second, created: false) = try shards.apply(.register(one.id, again)) else {
            Issue.record("repeated")
            return
        }
        #expect(second.firstRegisteredAt == first.firstRegisteredAt && second.lastRegisteredAt == shards.now)
        #expect(second.capability.usersPerWindow == 5)
        guard
            case .ending(let generation, let open) = try shards.apply(.beginUnregister(one.id, by: .client(one.secret)))
        else {
            Issue.record("ending")
            return
        }
        #expect(open.isEmpty)
        try shards.apply(.finishUnregister(one.id, generation: generation))
        #expect(try shards.query(.authenticate(one.id, one.secret)) == .refused(.unauthenticated))
        #expect(
            try shards.apply(.beginUnregister(one.id, by: .client(one.secret))) == .refused(.unauthenticated))
        let third = record(try shards.apply(.register(one.id, registration())))
        #expect(third?.firstRegisteredAt == first.firstRegisteredAt && third?.state == .active)
    }

    @Test("an id stays bound to its secret and screen name, also when unregistered, until it is reset")
    func T_7_1_5_identityTaken() throws {
        let shards = try Shards()
        try shards.apply(.register(one.id, registration()))
        #expect(
            try shards.apply(.register(one.id, registration("Other"))) == .refused(.identityTaken(field: "screenName")))
        #expect(
            try shards.apply(.register(one.id, registration("Checker_One", 99)))
                == .refused(.identityTaken(field: "secret")))
        guard case .ending(let generation, _) = try shards.apply(.beginUnregister(one.id, by: .operatorResets)) else {
            Issue.record("ending")
            return
        }
        try shards.apply(.finishUnregister(one.id, generation: generation))
        #expect(record(try shards.apply(.register(one.id, registration("Other", 99))))?.screenName == "Other")
        #expect(try shards.query(.authenticate(one.id, one.secret)) == .refused(.unauthenticated))
        #expect(try shards.query(.authenticate(one.id, secret(99))) == .authenticated)
    }

    @Test("without an invite nothing is stored")
    func inviteRequired() throws {
        let shards = try Shards()
        #expect(try shards.apply(.register(one.id, registration(invited: false))) == .refused(.inviteRequired))
        #expect(try shards.query(.client(one.id)) == .refused(.unknownClient))
    }

    @Test("the cap is the smaller of service and capability; before it refuses it asks for the slots to be confirmed")
    func T_7_2_3_tooManyBuckets() throws {
        var settings = ServiceSettings()
        settings.bucketSize = 2
        let shards = try Shards(settings: settings)
        try shards.register(one, Capability(usersPerWindow: 1000, maxBuckets: 3))
        try shards.add((0..<20).map { "user\($0)" })
        let leases = try shards.lease(one, count: 10)
        #expect(leases.count == 3)
        let full = shards.reservation(one, confirmed: false)
        #expect(try shards.apply(.reserve(full)) == .refused(.confirmSlots))
        guard case .reserved(let answer) = try shards.apply(.reserve(shards.reservation(one))) else {
            Issue.record("answered")
            return
        }
        #expect(answer.cap == 3 && answer.outstanding == 3 && answer.slots.isEmpty && answer.retryAfterSeconds == nil)
        try shards.report(one, leases[0])
        try shards.deliver()
        #expect(try shards.lease(one, count: 10).count == 1)
    }

    @Test("the window counts users granted, and says when it allows more")
    func F4_window() throws {
        var settings = ServiceSettings()
        settings.bucketSize = 6
        let shards = try Shards(settings: settings)
        try shards.register(one, Capability(usersPerWindow: 10, windowSeconds: 900))
        try shards.add((0..<30).map { "user\($0)" })
        let leases = try shards.lease(one, count: 3)
        #expect(leases.map(\.users.count) == [6, 4])
        shards.advance(seconds: 100)
        guard case .reserved(let answer) = try shards.apply(.reserve(shards.reservation(one))) else {
            Issue.record("answered")
            return
        }
        #expect(answer.slots.isEmpty && answer.retryAfterSeconds == 800)
        #expect(try shards.statistics(one).usersInWindow == 10)
        shards.advance(seconds: 800)
        #expect(try shards.lease(one).map(\.users.count) == [6])
    }

    @Test("a client that asks faster than it can check is throttled, then quarantined, and can be reinstated")
    func malfunction_asksTooFast() throws {
        let shards = try Shards()
        try shards.register(one, Capability(usersPerWindow: 1, windowSeconds: 900, maxBuckets: 1))
        try shards.add((0..<500).map { "user\($0)" })
        func state() throws -> ClientState? {
            if case .client(let record) = try shards.query(.client(one.id)) { record.state } else { nil }
        }
        for _ in 0..<3 {
            _ = try shards.lease(one)
            for lease in try shards.query(.slots(one.id)).slots {
                try shards.apply(.cancel(lease.lease, client: one.id))
            }
            try shards.deliver()
            var asked = 0
            while try state() == .active, asked < 20 {
                try shards.apply(.reserve(shards.reservation(one)))
                asked += 1
            }
            shards.advance(seconds: 901)
        }
        #expect(try state() == .quarantined)
        guard case .refused(.quarantined(let reason)) = try shards.apply(.reserve(shards.reservation(one))) else {
            Issue.record("no new leases for a quarantined client")
            return
        }
        #expect(!reason.isEmpty)
        guard case .activity(let log) = try shards.query(.activity(one.id, from: nil, to: nil, Page(limit: 100))) else {
            Issue.record("logged")
            return
        }
        #expect(log.items.contains { $0.kind == "throttled" } && log.items.contains { $0.kind == "quarantined" })
        try shards.apply(.reinstate(one.id))
        #expect(try state() == .active)
    }

    @Test("a client whose buckets die is throttled")
    func malfunction_bucketsDie() throws {
        var settings = ServiceSettings()
        settings.bucketSize = 1
        settings.maxOutstanding = 20
        let shards = try Shards(settings: settings)
        try shards.register(one)
        try shards.add((0..<40).map { "user\($0)" })
        let leases = try shards.lease(one, count: 12)
        #expect(leases.count == 12)
        shards.advance(seconds: 1500)
        let seen = leases.map { LeaseDeadline(lease: $0.id, deadline: $0.deadline) }
        try shards.apply(.lapse(seen))
        try shards.apply(.release(seen))
        try shards.deliver()
        guard case .refused(.throttled(let seconds)) = try shards.apply(.reserve(shards.reservation(one))) else {
            Issue.record("throttled")
            return
        }
        #expect(seconds > 0 && seconds <= 900)
        let books = try shards.statistics(one)
        #expect(books.bucketsDead == 12 && books.bucketsReleased == 12 && books.bucketsAssigned == 12)
    }

    @Test("faults are counted by kind and logged")
    func faults() throws {
        let shards = try Shards()
        try shards.register(one)
        try shards.apply(.fault(one.id, .malformed, count: 2, lease: nil))
        try shards.apply(.fault(one.id, .unknownBucket, count: 1, lease: nil))
        let books = try shards.statistics(one)
        #expect(books.malformed == 2 && books.unknownBucket == 1 && books.notOwnBucket == 0)
    }

    @Test("clients are listed in parts, each once, those with nineteen digits too")
    func listing() throws {
        let shards = try Shards()
        let ids: [UInt64] = [9_999_999_999_999_999_999, 1, 500, 9_300_000_000_000_000_000, 42]
        for id in ids { try shards.register(Volunteer(id)) }
        var seen: [UInt64] = []
        var page = Page(limit: 2)
        while case .clients(let part) = try shards.query(.clients(page)) {
            seen += part.items.map(\.id.rawValue)
            guard let next = part.next else { break }
            page.after = next
        }
        #expect(seen.sorted() == ids.sorted())
    }
}

extension QueryResult {
    /// The open slots that were asked for.
    fileprivate var slots: [SlotAsk] { if case .slots(let asks) = self { asks } else { [] } }
}
