import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("Taking up what was open")
struct RecoveryTests {
    @Test("a slot whose ask has no known outcome is fenced at its shard, then settled at its home")
    func undecidedSlots() throws {
        let test = try TestNode()
        let lost = ask(3, at: test.shards[2], secret: 9)
        let granted = ask(4, at: test.shards[1], secret: 10)
        let deadline = test.node.now.wall.adding(seconds: 1200)
        test.script.onQuery = { query, shard in
            guard case .openWork = query, shard == test.home else { return nil }
            return .openWork(
                OpenWork(
                    undecided: [
                        OpenWork.ClientSlot(client: test.client, ask: lost),
                        OpenWork.ClientSlot(client: test.client, ask: granted),
                    ], ending: [], outbox: [], jobs: false))
        }
        test.script.onCommand = { command, _ in
            if case .fence(granted.lease, _) = command {
                .fenced(granted: lease(granted.lease, deadline: deadline))
            } else {
                nil
            }
        }
        test.node.crash()
        try test.node.run(for: .seconds(5))
        let settled = test.script.exchange
        let fence = try #require(settled.firstIndex { $0.command == .fence(lost.lease, client: test.client) })
        let exhausted = try #require(
            settled.firstIndex { $0.command == .exhausted(slot: lost.slot, lease: lost.lease) })
        #expect(fence < exhausted)
        #expect(settled[fence].shard == lost.lease.shard)
        #expect(settled[exhausted].shard == test.home)
        #expect(settled.contains { name(of: $0.command) == "granted" })
    }

    @Test("a client that was being unregistered is driven on to its end")
    func endingClients() throws {
        let test = try TestNode()
        let open = ask(3, at: test.shards[2], secret: 9)
        test.script.onQuery = { query, shard in
            guard case .openWork = query, shard == test.home else { return nil }
            let ending = OpenWork.Ending(client: test.client, generation: 2, open: [open])
            return .openWork(OpenWork(undecided: [], ending: [ending], outbox: [], jobs: false))
        }
        test.node.crash()
        try test.node.run(for: .seconds(5))
        #expect(
            test.script.exchange.map { name(of: $0.command) } == ["cancel", "slotCancelled", "finishUnregister"])
    }

    @Test("undelivered events are delivered again after a restart, from where the source's outbox begins")
    func outboxes() throws {
        let test = try TestNode()
        let source = test.shards[0]
        let target = test.shards[3]
        let event = OutboxEvent.faults(
            client: test.client, fault: .unassignedUser, count: 1, lease: LeaseID(shard: source, secret: 1),
            at: Timestamp(milliseconds: 1))
        test.script.onQuery = { query, shard in
            switch query {
            case .openWork where shard == source:
                let head = OutboxHead(target: target, first: 5, last: 6)
                return .openWork(OpenWork(undecided: [], ending: [], outbox: [head], jobs: false))
            case .outbox(target, let after, _):
                #expect(after == 4)
                return .outbox(first: 5, events: [event, event])
            default: return nil
            }
        }
        test.node.crash()
        try test.node.run(for: .seconds(5))
        #expect(
            test.script.exchange.contains {
                $0.shard == target && $0.command == .inbox(source: source, first: 5, events: [event, event])
            })
        #expect(
            test.script.commands.contains {
                $0.shard == source && $0.command == .outboxDelivered(target: target, through: 6)
            })
    }

    @Test("after every restart each shard is handed the registry's configuration before it serves")
    func configuration() throws {
        let test = try TestNode()
        _ = try test.answer(to: .setServiceState(test.operatorCaller, .dmcheck, .paused))
        test.script.forget()
        test.node.crash()
        try test.node.runUntilReady()
        let configured = test.script.commands.compactMap { entry -> DomainConfiguration? in
            if case .configure(let configuration) = entry.command { configuration } else { nil }
        }
        #expect(configured.count == test.shards.count)
        #expect(configured.allSatisfy { $0.services.first { $0.name == .dmcheck }?.state == .paused })
    }

    @Test(
        "the registry survives a crash at any moment once it was acknowledged", arguments: 1...20 as ClosedRange<UInt64>
    )
    func registrySurvives(seed: UInt64) throws {
        let test = try TestNode(seed: seed)
        let name = try #require(ServiceName("extra"))
        let change = ServiceChange(schema: nil, settings: [.init(name: .bucketSize, value: 50)])
        guard
            case .success(.service(_, created: true)) = try test.answer(
                to: .putService(test.operatorCaller, name, change))
        else {
            Issue.record("seed \(seed): not created")
            return
        }
        test.node.crash()
        try test.node.runUntilReady()
        guard case .success(.service(let service, _)) = try test.answer(to: .service(test.operatorCaller, name)) else {
            Issue.record("seed \(seed): lost")
            return
        }
        #expect(service.settings.bucketSize == 50)
    }
}
