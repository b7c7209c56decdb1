import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("Calls on a lease")
struct LeaseCallTests {
    @Test("another client's lease: the caller is authenticated at its home, the fault counted there, then refused")
    func T_7_3_2_notOwned() throws {
        let test = try TestNode()
        let id = LeaseID(shard: test.shards[1], secret: 3)
        test.script.onCommand = { command, _ in
            if case .report = command { .refused(.notYours) } else { nil }
        }
        let answer = try test.answer(to: .report(test.caller, id, rows: [], release: true))
        #expect(answer.refusal == .leaseNotYours)
        #expect(
            test.script.exchange.last?.command == .fault(test.client, .notOwnBucket, count: 1, lease: id))
        #expect(test.script.exchange.last?.shard == test.home)
    }

    @Test("an unregistered caller is told nothing of another's lease, and nothing is counted")
    func T_7_3_4_unregisteredNotOwned() throws {
        let test = try TestNode()
        test.script.onCommand = { command, _ in
            if case .report = command { .refused(.notYours) } else { nil }
        }
        test.script.onQuery = { query, _ in
            if case .authenticate = query { .refused(.unauthenticated) } else { nil }
        }
        let id = LeaseID(shard: test.shards[1], secret: 3)
        #expect(try test.answer(to: .report(test.caller, id, rows: [], release: true)).refusal == .unauthenticated)
        #expect(!test.script.exchange.contains { name(of: $0.command) == "fault" })
    }

    @Test("a lease that is gone counts as unknown only if it never was the caller's", arguments: [true, false])
    func unknownBucket(wasOwn: Bool) throws {
        let test = try TestNode()
        let id = LeaseID(shard: test.shards[1], secret: 3)
        test.script.onCommand = { command, _ in
            if case .renew = command { .refused(.leaseGone) } else { nil }
        }
        test.script.onQuery = { query, _ in
            guard case .leaseAsGranted = query else { return nil }
            return wasOwn ? .lease(lease(id, deadline: Timestamp(milliseconds: 5))) : .refused(.leaseGone)
        }
        #expect(try test.answer(to: .renew(test.caller, id)).refusal == .leaseGone)
        let faults = test.script.exchange.filter { name(of: $0.command) == "fault" }
        #expect(faults.count == (wasOwn ? 0 : 1))
    }

    @Test("a shard that does not exist cannot have made a lease")
    func noSuchShard() throws {
        let test = try TestNode()
        let id = LeaseID(shard: try #require(ShardID(rawValue: 900)), secret: 3)
        #expect(try test.answer(to: .giveBack(test.caller, id)).refusal == .leaseGone)
        #expect(test.script.exchange.map { name(of: $0.command) } == ["fault"])
    }

    @Test("own leases are what lives at their shards, whatever the home has settled so far")
    func ownLeases() throws {
        let test = try TestNode()
        let slots = [ask(1, at: test.shards[0], secret: 4), ask(2, at: test.shards[3], secret: 5)]
        test.script.onQuery = { query, shard in
            switch query {
            case .slots: .slots(slots)
            case .leases(let ids, _):
                .leases(shard == test.shards[0] ? ids.map { lease($0, deadline: Timestamp(milliseconds: 9)) } : [])
            default: nil
            }
        }
        guard case .success(.leases(let leases)) = try test.answer(to: .leases(test.caller)) else {
            Issue.record("no leases")
            return
        }
        #expect(leases.map(\.id) == [slots[0].lease])
    }

    @Test("an operator's token is no client's, and a client's no operator's")
    func kindsOfCallers() throws {
        let test = try TestNode()
        let id = LeaseID(shard: test.shards[1], secret: 3)
        #expect(try test.answer(to: .renew(test.operatorCaller, id)).refusal == .forbidden("only a client may do this"))
        #expect(
            try test.answer(to: .settings(test.caller)).refusal == .forbidden("only an operator may do this"))
        #expect(try test.answer(to: .settings(.nobody)).refusal == .unauthenticated)
        #expect(
            try test.answer(to: .settings(.operator(name: "root", .simulated(9)))).refusal == .unauthenticated)
        #expect(
            try test.answer(to: .settings(.operator(name: "toor", .simulated(1)))).refusal == .unauthenticated)
    }
}
