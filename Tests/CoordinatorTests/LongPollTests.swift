import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("Lease requests that wait")
struct LongPollTests {
    private func grantEverything(_ test: TestNode) {
        let deadline = test.node.now.wall.adding(seconds: 1200)
        test.script.onCommand = { command, _ in
            switch command {
            case .reserve(let reservation):
                .reserved(
                    ReserveAnswer(
                        cap: 10, outstanding: 0,
                        slots: reservation.normalShards.prefix(1).map { ask(1, at: $0, secret: 5) }))
            case .grant(let order): .granted(lease(order.lease, deadline: deadline))
            default: nil
            }
        }
    }

    @Test("a waiting request is answered as soon as a shard has work")
    func wakes() throws {
        let test = try TestNode()
        grantEverything(test)
        let request = try #require(test.node.submit(test.order(waitSeconds: 20)))
        try test.node.run(for: .seconds(3))
        #expect(test.node.takeAnswer(to: request) == nil)
        try test.announce([test.shards[1]])
        try test.node.run(for: .seconds(3))
        #expect(test.node.takeAnswer(to: request)?.leases?.count == 1)
    }

    @Test("a request that waited in vain is answered empty at its time")
    func expires() throws {
        let test = try TestNode()
        let began = test.node.now.monotonic
        let answer = try test.answer(to: test.order(waitSeconds: 5))
        #expect(answer.leases == [])
        #expect((.seconds(5)...Duration.seconds(6)).contains(test.node.now.monotonic - began))
    }

    @Test("a request that nobody waits for any more is dropped, and takes nothing")
    func abandoned() throws {
        let test = try TestNode()
        grantEverything(test)
        let request = try #require(test.node.submit(test.order(waitSeconds: 20)))
        try test.node.run(for: .seconds(1))
        test.node.abandon(request)
        try test.announce([test.shards[1]])
        try test.node.run(for: .seconds(3))
        #expect(test.script.exchange.isEmpty)
        #expect(test.node.takeAnswer(to: request)?.refusal == .timeout(.notApplied))
    }

    @Test("one bucket wakes one of those who wait; the one that cannot use it passes it on")
    func passesOn() throws {
        let test = try TestNode()
        let deadline = test.node.now.wall.adding(seconds: 1200)
        var refusals = 0
        test.script.onCommand = { command, _ in
            switch command {
            case .reserve(let reservation):
                .reserved(
                    ReserveAnswer(
                        cap: 10, outstanding: 0,
                        slots: reservation.normalShards.prefix(1).map { ask(1, at: $0, secret: 5) }))
            case .grant(let order):
                if refusals == 0 {
                    {
                        refusals += 1; return .nothingToGrant
                    }()
                } else {
                    .granted(lease(order.lease, deadline: deadline))
                }
            default: nil
            }
        }
        let first = try #require(test.node.submit(test.order(waitSeconds: 20)))
        let second = try #require(test.node.submit(test.order(waitSeconds: 20)))
        try test.node.run(for: .seconds(1))
        try test.announce([test.shards[1]])
        try test.node.run(for: .seconds(2))
        #expect(test.node.takeAnswer(to: first) == nil)
        #expect(test.node.takeAnswer(to: second)?.leases?.count == 1)
    }

    @Test("shutting down answers those who wait at once, and then nothing is under way")
    func drains() throws {
        let test = try TestNode()
        let request = try #require(test.node.submit(test.order(waitSeconds: 20)))
        try test.node.run(for: .seconds(1))
        test.node.drain()
        try test.node.run(for: .seconds(1))
        #expect(test.node.takeAnswer(to: request)?.leases == [])
        #expect(test.node.isDrained)
        #expect(try test.answer(to: test.order()).refusal == .unavailable(.notApplied, retryAfterSeconds: 1))
    }
}
