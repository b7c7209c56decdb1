import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("Unregistering")
struct UnregistrationTests {
    private func begin(_ test: TestNode, open: [SlotAsk]) {
        test.script.onCommand = { command, _ in
            if case .beginUnregister = command { .ending(generation: 3, open: open) } else { nil }
        }
    }

    @Test("it is answered only after every slot was closed by a committed cancel")
    func T_7_4_3_cancelsFirst() throws {
        let test = try TestNode()
        let slots = [ask(1, at: test.shards[0], secret: 4), ask(2, at: test.shards[3], secret: 5)]
        begin(test, open: slots)
        #expect(try test.answer(to: .unregister(test.caller, test.client)).isDone)
        let steps = test.script.exchange.map { name(of: $0.command) }
        #expect(steps.first == "beginUnregister")
        #expect(steps.last == "finishUnregister")
        #expect(steps.count { $0 == "cancel" } == 2)
        #expect(steps.count { $0 == "slotCancelled" } == 2)
        for slot in slots {
            let cancel = try #require(
                test.script.exchange.firstIndex { $0.command == .cancel(slot.lease, client: test.client) })
            let closed = try #require(
                test.script.exchange.firstIndex { $0.command == .slotCancelled(slot: slot.slot, lease: slot.lease) })
            #expect(cancel < closed)
        }
    }

    @Test("a slot that turns out to be open still is cancelled as well, and not before is it answered")
    func looksAgain() throws {
        let test = try TestNode()
        let late = ask(8, at: test.shards[2], secret: 6)
        var attempts = 0
        test.script.onCommand = { command, _ in
            switch command {
            case .beginUnregister: return .ending(generation: 3, open: [])
            case .finishUnregister:
                attempts += 1
                return attempts == 1 ? .refused(.notFinished) : .done
            default: return nil
            }
        }
        test.script.onQuery = { query, _ in
            if case .slots = query { .slots([late]) } else { nil }
        }
        #expect(try test.answer(to: .unregister(test.caller, test.client)).isDone)
        #expect(test.script.exchange.contains { $0.command == .cancel(late.lease, client: test.client) })
    }

    @Test("a lease request under way is not handed what it was granted")
    func endsLeaseRequests() throws {
        let test = try TestNode()
        begin(test, open: [])
        let request = try #require(test.node.submit(test.order(waitSeconds: 20)))
        try test.node.run(for: .seconds(1))
        #expect(try test.answer(to: .unregister(test.caller, test.client)).isDone)
        try test.node.run(for: .seconds(1))
        #expect(test.node.takeAnswer(to: request)?.refusal == .unauthenticated)
    }

    @Test("another's id is forbidden, and only to whom the node knows")
    func T_7_1_7_anothersId() throws {
        let test = try TestNode()
        let other = ClientID(rawValue: 99)
        #expect(
            try test.answer(to: .unregister(test.caller, other)).refusal
                == .forbidden("a client may only do this for itself"))
        test.script.onQuery = { query, _ in
            if case .authenticate = query { .refused(.unauthenticated) } else { nil }
        }
        #expect(try test.answer(to: .unregister(test.caller, other)).refusal == .unauthenticated)
        #expect(test.script.exchange.isEmpty)
    }
}
