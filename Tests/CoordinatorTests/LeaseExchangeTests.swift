import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

/// The lease exchange of the LeaseExchange article, step by step; each of these orders was found to matter by
/// exhaustive model checking.
@Suite("The lease exchange")
struct LeaseExchangeTests {
    @Test("the reserve is applied before a shard is asked, and the grant is settled at the home afterwards")
    func reserveFirst() throws {
        let test = try TestNode()
        let shard = test.shards[2]
        let deadline = test.node.now.wall.adding(seconds: 1200)
        test.script.onCommand = { command, _ in
            switch command {
            case .reserve: .reserved(ReserveAnswer(cap: 10, outstanding: 0, slots: [ask(1, at: shard, secret: 5)]))
            case .grant(let order): .granted(lease(order.lease, deadline: deadline))
            default: nil
            }
        }
        try test.announce([shard])
        let answer = try test.answer(to: test.order())
        #expect(answer.leases?.map(\.id) == [LeaseID(shard: shard, secret: 5)])
        #expect(test.script.exchange.map { name(of: $0.command) } == ["reserve", "grant"])
        try test.node.run(for: .seconds(2))
        #expect(test.script.exchange.map { name(of: $0.command) } == ["reserve", "grant", "granted"])
        #expect(test.script.exchange.last?.shard == test.home)
    }

    @Test(
        "the next shard is asked only after a committed answer that the one before has nothing, and then the slot ends")
    func oneShardAfterTheOther() throws {
        let test = try TestNode()
        test.script.onCommand = { command, _ in
            if case .reserve(let reservation) = command, let first = reservation.normalShards.first {
                return .reserved(ReserveAnswer(cap: 10, outstanding: 0, slots: [ask(1, at: first, secret: 5)]))
            }
            return nil
        }
        try test.announce(test.shards)
        let answer = try test.answer(to: test.order())
        #expect(answer.leases == [])
        let steps = test.script.exchange.map { name(of: $0.command) }
        #expect(
            steps == ["reserve", "grant", "ask", "grant", "ask", "grant", "ask", "grant"] || steps.last == "exhausted")
        let asked = test.script.exchange.compactMap { entry -> ShardID? in
            if case .grant(let order) = entry.command { order.lease.shard } else { nil }
        }
        #expect(Set(asked) == Set(test.shards))
        #expect(asked.count == test.shards.count, "no shard is asked twice")
        try test.node.run(for: .seconds(1))
        #expect(test.script.exchange.contains { name(of: $0.command) == "exhausted" })
    }

    @Test("the slots of one request are granted side by side, under one lease id each")
    func slotsInParallel() throws {
        let test = try TestNode()
        let shards = test.shards
        let deadline = test.node.now.wall.adding(seconds: 1200)
        test.script.onCommand = { command, _ in
            switch command {
            case .reserve:
                .reserved(
                    ReserveAnswer(
                        cap: 10, outstanding: 0,
                        slots: [ask(1, at: shards[0], secret: 5), ask(2, at: shards[1], secret: 6)]))
            case .grant(let order): .granted(lease(order.lease, deadline: deadline))
            default: nil
            }
        }
        try test.announce(test.shards)
        let answer = try test.answer(to: test.order(count: 2))
        #expect(Set(answer.leases?.map(\.id) ?? []).count == 2)
    }

    @Test("a grant that came to neither is fenced, and what the fence finds is the outcome")
    func strangeGrantIsFenced() throws {
        let test = try TestNode()
        let shard = test.shards[1]
        let deadline = test.node.now.wall.adding(seconds: 1200)
        test.script.onCommand = { command, _ in
            switch command {
            case .reserve: .reserved(ReserveAnswer(cap: 10, outstanding: 0, slots: [ask(1, at: shard, secret: 5)]))
            case .grant: .refused(.unknownService)
            case .fence(let id, _): .fenced(granted: lease(id, deadline: deadline))
            default: nil
            }
        }
        try test.announce([shard])
        let answer = try test.answer(to: test.order())
        #expect(answer.leases?.count == 1)
        #expect(test.script.exchange.map { name(of: $0.command) }.prefix(3) == ["reserve", "grant", "fence"])
    }

    @Test("with nothing in the hints nothing is committed, and the answer is empty at once")
    func nothingCommitted() throws {
        let test = try TestNode()
        let answer = try test.answer(to: test.order())
        #expect(answer.leases == [])
        #expect(test.script.exchange.isEmpty)
        guard case .success(.leased(let empty)) = answer else { return }
        #expect(empty.retryAfterSeconds != nil)
    }

    @Test("a refusal for the window is committed, so that it is counted")
    func windowRefusalIsCounted() throws {
        let test = try TestNode()
        let refused = ReserveAnswer(cap: 10, outstanding: 0, slots: [], retryAfterSeconds: 300)
        test.script.onQuery = { query, _ in
            if case .mayLease = query { .mayLease(refused) } else { nil }
        }
        test.script.onCommand = { command, _ in
            if case .reserve = command { .reserved(refused) } else { nil }
        }
        let answer = try test.answer(to: test.order())
        guard case .success(.leased(let empty)) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(empty.retryAfterSeconds == 300)
        #expect(test.script.exchange.map { name(of: $0.command) } == ["reserve"])
    }

    @Test("before it refuses for the cap, the home hears of every lease that ended")
    func capIsConfirmed() throws {
        let test = try TestNode()
        let shard = try #require(test.shards.first { $0 != test.home })
        var delivered = false
        test.script.onEmit = { command, at in
            guard case .giveBack(let id, let client, _) = command, at == shard else { return [] }
            let ended = OutboxEvent.leaseEnded(
                client: client, slot: SlotID(rawValue: 1), lease: id, ending: .released, users: 3,
                at: Timestamp(milliseconds: 1))
            return [(test.home, ended)]
        }
        test.script.onCommand = { command, _ in
            switch command {
            case .reserve(let reservation):
                if !reservation.slotsConfirmed { return .refused(.confirmSlots) }
                #expect(delivered, "the outbox is drained before the reserve is repeated")
                return .reserved(ReserveAnswer(cap: 1, outstanding: 1, slots: []))
            case .inbox(let source, let first, let events):
                delivered = true
                return .inbox(source: source, through: first + UInt64(events.count) - 1)
            default: return nil
            }
        }
        try test.announce([shard])
        test.node.submit(.giveBack(test.caller, LeaseID(shard: shard, secret: 5)))
        let answer = try test.answer(to: test.order())
        #expect(answer.leases == [])
        #expect(delivered)
    }

    @Test("the order of shards comes from the node's randomness and from nothing that a client sends")
    func orderIsRandom() throws {
        var firsts: Set<ShardID> = []
        for seed in 1...20 as ClosedRange<UInt64> {
            let test = try TestNode(seed: seed)
            test.script.onCommand = { command, _ in
                if case .reserve(let reservation) = command {
                    firsts.insert(reservation.normalShards[0])
                    #expect(Set(reservation.normalShards) == Set(test.shards))
                    #expect(reservation.urgentShards.isEmpty)
                    return .reserved(ReserveAnswer(cap: 1, outstanding: 1, slots: []))
                }
                return nil
            }
            try test.announce(test.shards)
            _ = try test.answer(to: test.order())
        }
        #expect(firsts.count >= 3, "twenty seeds draw at least three of four shards first")
    }
}

/// The command's name without what it carries.
func name(of command: Command) -> String { String("\(command)".prefix { $0 != "(" }) }
