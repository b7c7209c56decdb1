import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("Delivery from shard to shard")
struct OutboxTests {
    @Test("events arrive in order, without gaps, one batch of a pair at a time, and are acknowledged together")
    func inOrder() throws {
        let test = try TestNode()
        let source = test.shards[0]
        let target = test.shards[1]
        var emitted = 0
        test.script.onEmit = { command, shard in
            guard case .deleteUser = command, shard == source else { return [] }
            emitted += 1
            let event = OutboxEvent.faults(
                client: test.client, fault: .unassignedUser, count: emitted, lease: LeaseID(shard: source, secret: 1),
                at: Timestamp(milliseconds: 1))
            return [(target, event)]
        }
        let name = try #require(test.name(on: source))
        for _ in 0..<100 { test.node.submit(.deleteUser(test.operatorCaller, name)) }
        try test.node.run(for: .seconds(10))
        var next: UInt64 = 1
        var counts: [Int] = []
        for case (target, .inbox(source, let first, let events)) in test.script.exchange {
            #expect(first == next)
            next += UInt64(events.count)
            for case .faults(_, _, let count, _, _) in events { counts.append(count) }
        }
        #expect(counts == Array(1...100))
        let acknowledged = test.script.commands.compactMap { entry -> UInt64? in
            if case .outboxDelivered(target, let through) = entry.command { through } else { nil }
        }
        #expect(acknowledged.last == 100)
        #expect(acknowledged.count < 20)
    }
}
