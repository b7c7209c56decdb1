import Checks
import HashRing
import Testing

/// Each design that fails in the model of the exchange between a home and its user shards has its scenario here: what goes
/// wrong with it, and that it does not go wrong.
@Suite("The exchange between home and user shard survives loss, repetition and reordering")
struct FencingTests {
    private let one = Volunteer(11)
    private let two = Volunteer(12)

    private func twoShards() throws -> Shards {
        let shards = try Shards(2)
        try shards.register(one)
        try shards.register(two)
        return shards
    }

    private func reserved(_ shards: Shards, _ volunteer: Volunteer, key: String? = nil) throws -> SlotAsk {
        let reservation = shards.reservation(volunteer, key: key)
        guard case .reserved(let answer) = try shards.apply(.reserve(reservation), to: shards.home(of: volunteer.id))
        else {
            preconditionFailure("a slot is opened")
        }
        return answer.slots[0]
    }

    @Test("a grant that was answered none stays refused when it arrives again and there is work")
    func noneIsRemembered() throws {
        let shards = try twoShards()
        try shards.add(["a1", "a2", "a3", "a4"])
        let home = shards.home(of: one.id)
        let ask = try reserved(shards, one)
        let order = shards.order(ask, of: one, home: home)
        // Another client takes what there is; the order comes too late, then again when there is work.
        let everything = try shards.lease(two, count: 4)
        #expect(!everything.isEmpty)
        #expect(try shards.apply(.grant(order), to: ask.lease.shard) == .nothingToGrant)
        try shards.add((0..<20).map { "b\($0)" })
        #expect(try shards.apply(.grant(order), to: ask.lease.shard) == .nothingToGrant)
        try shards.apply(.purge, to: ask.lease.shard)
        #expect(try shards.apply(.grant(order), to: ask.lease.shard) == .nothingToGrant)
    }

    @Test("after a fence a late grant is refused for good")
    func fenceRefusesLateGrant() throws {
        let shards = try twoShards()
        try shards.add((0..<20).map { "b\($0)" })
        let ask = try reserved(shards, one)
        #expect(try shards.apply(.fence(ask.lease, client: one.id), to: ask.lease.shard) == .fenced(granted: nil))
        let order = shards.order(ask, of: one, home: shards.home(of: one.id))
        #expect(try shards.apply(.grant(order), to: ask.lease.shard) == .nothingToGrant)
        #expect(try shards.apply(.grant(order), to: ask.lease.shard) == .nothingToGrant)
    }

    @Test("a fence never ends a granted lease: it answers what was granted")
    func fenceFindsGranted() throws {
        let shards = try twoShards()
        try shards.add((0..<20).map { "b\($0)" })
        let ask = try reserved(shards, one)
        let order = shards.order(ask, of: one, home: shards.home(of: one.id))
        guard case .granted(let lease) = try shards.apply(.grant(order), to: ask.lease.shard),
            case .fenced(let found) = try shards.apply(.fence(ask.lease, client: one.id), to: ask.lease.shard)
        else {
            Issue.record("granted, then found")
            return
        }
        #expect(found == lease)
        #expect(try shards.apply(.grant(order), to: ask.lease.shard) == .granted(lease))
    }

    @Test("each ask has its own lease id, and a slot stands for its last ask only")
    func oneIdAnAsk() throws {
        let shards = try twoShards()
        try shards.add((0..<20).map { "b\($0)" })
        let home = shards.home(of: one.id)
        let ask = try reserved(shards, one)
        let other = try #require(shards.ids.first { $0 != ask.lease.shard })
        guard case .asked(let next) = try shards.apply(.ask(slot: ask.slot, after: ask.lease, shard: other), to: home)
        else {
            Issue.record("asked again")
            return
        }
        #expect(next.lease != ask.lease && next.lease.shard == other && next.slot == ask.slot)
        // A repeated step after the first ask changes nothing, and a word about it does not touch the slot.
        #expect(
            try shards.apply(.ask(slot: ask.slot, after: ask.lease, shard: other), to: home) == .refused(.notFinished))
        try shards.apply(.granted(slot: ask.slot, lease: ask.lease, users: 5, deadline: shards.now), to: home)
        try shards.apply(.exhausted(slot: ask.slot, lease: ask.lease), to: home)
        #expect(try shards.statistics(one).bucketsAssigned == 0)
        #expect(try shards.query(.slots(one.id), of: home) == .slots([next]))
    }

    @Test("the end of a lease may be told before its grant, and twice: a slot is counted and closed once")
    func endBeforeGrant() throws {
        let shards = try twoShards()
        try shards.add((0..<20).map { "b\($0)" })
        let home = shards.home(of: one.id)
        let ask = try reserved(shards, one)
        guard
            case .granted(let lease) = try shards.apply(
                .grant(shards.order(ask, of: one, home: home)), to: ask.lease.shard)
        else {
            Issue.record("granted")
            return
        }
        try shards.report(one, lease)
        try shards.deliver()
        for _ in 0..<2 {
            try shards.apply(
                .granted(slot: ask.slot, lease: ask.lease, users: lease.users.count, deadline: lease.deadline), to: home
            )
        }
        let statistics = try shards.statistics(one)
        #expect(statistics.bucketsAssigned == 1 && statistics.bucketsDone == 1 && statistics.bucketsHeld == 0)
        #expect(try shards.query(.slots(one.id), of: home) == .slots([]))
    }

    @Test("events are taken once, whatever is repeated, and never past a gap")
    func inboxTakesOnce() throws {
        let shards = try twoShards()
        try shards.add((0..<40).map { "b\($0)" })
        let home = shards.home(of: one.id)
        for lease in try shards.lease(one, count: 2) { try shards.report(one, lease) }
        for source in shards.ids {
            for head in shards.summaries[source]?.outbox ?? [] {
                guard
                    case .outbox(let first, let events) = try shards.query(
                        .outbox(target: head.target, after: 0, limit: 100), of: source)
                else { continue }
                // The second before the first: a gap. Then all, twice, then the tail alone.
                if events.count > 1 {
                    #expect(
                        try shards.apply(
                            .inbox(source: source, first: 2, events: Array(events.dropFirst())), to: head.target)
                            == .inbox(source: source, through: 0))
                }
                for _ in 0..<2 {
                    try shards.apply(.inbox(source: source, first: first, events: events), to: head.target)
                }
                try shards.apply(
                    .inbox(source: source, first: UInt64(events.count), events: [events[events.count - 1]]),
                    to: head.target)
            }
        }
        let statistics = try shards.statistics(one)
        #expect(statistics.bucketsAssigned == 2 && statistics.bucketsDone == 2)
        #expect(statistics.usersByVerdict == [VerdictCount(verdict: .dm, count: 40)])
        #expect(home == shards.home(of: one.id))
    }

    @Test("a cancel that outruns its grant refuses the grant; the slot closes by the committed cancel")
    func cancelBeforeGrant() throws {
        let shards = try twoShards()
        try shards.add((0..<20).map { "b\($0)" })
        let home = shards.home(of: one.id)
        let ask = try reserved(shards, one)
        guard
            case .ending(let generation, let open) = try shards.apply(
                .beginUnregister(one.id, by: .client(one.secret)), to: home)
        else {
            Issue.record("ending")
            return
        }
        #expect(open == [ask])
        #expect(try shards.apply(.finishUnregister(one.id, generation: generation), to: home) == .refused(.notFinished))
        try shards.apply(.cancel(ask.lease, client: one.id), to: ask.lease.shard)
        #expect(
            try shards.apply(.grant(shards.order(ask, of: one, home: home)), to: ask.lease.shard) == .nothingToGrant)
        try shards.apply(.slotCancelled(slot: ask.slot, lease: ask.lease), to: home)
        #expect(try shards.apply(.finishUnregister(one.id, generation: generation), to: home) == .done)
        #expect(try shards.query(.authenticate(one.id, one.secret), of: home) == .refused(.unauthenticated))
    }

    @Test("one unregisters, one updates: accepted before, refused after, and the books balance either way")
    func T_7_4_3_unregisterAgainstUpdate() throws {
        for reportFirst in [true, false] {
            let shards = try twoShards()
            try shards.add((0..<20).map { "b\($0)" })
            let home = shards.home(of: one.id)
            let lease = try shards.lease(one)[0]
            if reportFirst { try shards.report(one, lease) }
            guard
                case .ending(let generation, let open) = try shards.apply(
                    .beginUnregister(one.id, by: .client(one.secret)), to: home)
            else {
                Issue.record("ending")
                return
            }
            for ask in open {
                try shards.apply(.cancel(ask.lease, client: one.id), to: ask.lease.shard)
                try shards.apply(.slotCancelled(slot: ask.slot, lease: ask.lease), to: home)
            }
            #expect(try shards.apply(.finishUnregister(one.id, generation: generation), to: home) == .done)
            if !reportFirst { #expect(try shards.report(one, lease) == .refused(.leaseGone)) }
            try shards.deliver()
            let statistics = try shards.statistics(one)
            #expect(statistics.bucketsAssigned == 1 && statistics.bucketsHeld == 0)
            #expect(statistics.bucketsDone == (reportFirst ? 1 : 0))
            #expect(statistics.bucketsReleased == (reportFirst ? 0 : 1))
        }
    }

    @Test("a late unregistration cannot hit a newer registration")
    func lateUnregistration() throws {
        let shards = try twoShards()
        let home = shards.home(of: one.id)
        guard
            case .ending(let generation, _) = try shards.apply(
                .beginUnregister(one.id, by: .operatorUnregisters), to: home)
        else {
            Issue.record("ending")
            return
        }
        try shards.apply(.finishUnregister(one.id, generation: generation), to: home)
        try shards.register(one)
        try shards.apply(.finishUnregister(one.id, generation: generation), to: home)
        #expect(try shards.query(.authenticate(one.id, one.secret), of: home) == .authenticated)
    }

    @Test("an order whose time has passed is never applied")
    func orderPassesAway() throws {
        let shards = try twoShards()
        try shards.add((0..<20).map { "b\($0)" })
        let ask = try reserved(shards, one)
        let order = shards.order(ask, of: one, home: shards.home(of: one.id))
        shards.advance(seconds: 31)
        #expect(try shards.apply(.grant(order), to: ask.lease.shard) == .nothingToGrant)
    }

    @Test("a key finds its slots again, with another body it is refused, and without a grant it is forgotten")
    func keyFindsSlots() throws {
        let shards = try twoShards()
        let home = shards.home(of: one.id)
        try shards.add((0..<20).map { "b\($0)" })
        let leases = try shards.lease(one, key: "k1")
        guard
            case .reserved(let again) = try shards.apply(
                .reserve(shards.reservation(one, key: "k1")), to: home)
        else {
            Issue.record("replayed")
            return
        }
        #expect(again.replay?.map(\.ask.lease) == leases.map(\.id) && again.slots.isEmpty)
        #expect(again.replay?.allSatisfy { $0.granted && !$0.undecided } == true)
        #expect(again.outstanding == 0, "its own slots were not open when it was made")
        var other = shards.reservation(one, key: "k1")
        other.key?.body = [2]
        #expect(try shards.apply(.reserve(other), to: home) == .refused(.idempotencyMismatch))
    }

    @Test("a word about a slot that was never opened changes nothing")
    func unknownSlot() throws {
        let shards = try twoShards()
        let home = shards.home(of: one.id)
        let before = try shards.query(.digest, of: home)
        let lease = LeaseID(shard: shards.ids[1], secret: 5)
        let slot = SlotID(rawValue: 99)
        try shards.apply(.granted(slot: slot, lease: lease, users: 5, deadline: shards.now), to: home)
        try shards.apply(.exhausted(slot: slot, lease: lease), to: home)
        try shards.apply(.slotCancelled(slot: slot, lease: lease), to: home)
        #expect(try shards.query(.digest, of: home) == before)
        try shards.apply(
            .inbox(
                source: shards.ids[1], first: 1,
                events: [
                    .leaseEnded(client: one.id, slot: slot, lease: lease, ending: .done, users: 5, at: shards.now)
                ]),
            to: home)
        #expect(try shards.statistics(one) == ClientStatistics())
    }

    @Test("a report that released the rest is answered the same again")
    func releaseIsRepeated() throws {
        let shards = try twoShards()
        try shards.add((0..<20).map { "b\($0)" })
        let lease = try shards.lease(one)[0]
        let first = lease.users[0].screenName.folded
        guard case .reported(let once) = try shards.report(one, lease, only: [first], release: true),
            case .reported(let again) = try shards.report(one, lease, only: [first], release: true)
        else {
            Issue.record("reported")
            return
        }
        #expect(once.state == .released && again.state == .released && again.replayed == 1 && again.accepted == 0)
        #expect(once.remaining == again.remaining)
    }
}
