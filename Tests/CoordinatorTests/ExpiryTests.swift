import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("Leases that pass their deadlines")
struct ExpiryTests {
    /// A node with one lease of 60 seconds, and 300 of grace; the shard says what the real one would.
    private func nodeWithLease(_ test: TestNode) throws -> LeaseID {
        let shard = test.shards[2]
        let id = LeaseID(shard: shard, secret: 5)
        let deadline = test.node.now.wall.adding(seconds: 60)
        test.script.onCommand = { command, _ in
            switch command {
            case .reserve: .reserved(ReserveAnswer(cap: 10, outstanding: 0, slots: [ask(1, at: shard, secret: 5)]))
            case .grant(let order): .granted(lease(order.lease, deadline: deadline))
            default: nil
            }
        }
        test.script.onEmit = { command, _ in
            switch command {
            case .lapse:
                [
                    (
                        test.home,
                        .leaseDead(client: test.client, slot: SlotID(rawValue: 1), lease: id, at: test.script.time)
                    )
                ]
            case .release:
                [
                    (
                        test.home,
                        .leaseEnded(
                            client: test.client, slot: SlotID(rawValue: 1), lease: id, ending: .released, users: 3,
                            at: test.script.time)
                    )
                ]
            default: []
            }
        }
        try test.announce([shard])
        #expect(try test.answer(to: test.order()).leases?.count == 1)
        return id
    }

    private func steps(_ test: TestNode) -> [String] {
        test.script.exchange.map { name(of: $0.command) }.filter { $0 == "lapse" || $0 == "release" }
    }

    @Test("a lease is dead at its deadline and released after the grace period, each once")
    func T_7_3_8_deadThenReleased() throws {
        let test = try TestNode()
        _ = try nodeWithLease(test)
        try test.node.run(for: .seconds(58))
        #expect(steps(test) == [])
        try test.node.run(for: .seconds(4))
        #expect(steps(test) == ["lapse"])
        try test.node.run(for: .seconds(296))
        #expect(steps(test) == ["lapse"])
        try test.node.run(for: .seconds(10))
        #expect(steps(test) == ["lapse", "release"])
        try test.node.run(for: .seconds(600))
        #expect(steps(test) == ["lapse", "release"])
    }

    @Test("a wall clock that is set forward takes nothing from anybody")
    func skewedClock() throws {
        let test = try TestNode()
        _ = try nodeWithLease(test)
        test.node.setWallClock(ahead: 3_600_000)
        try test.node.run(for: .seconds(50))
        #expect(steps(test) == [])
        try test.node.run(for: .seconds(12))
        #expect(steps(test) == ["lapse"])
    }

    @Test("a renewed lease lives on")
    func renewed() throws {
        let test = try TestNode()
        let id = try nodeWithLease(test)
        let later = test.node.now.wall.adding(seconds: 600)
        let before = test.script.onCommand
        test.script.onCommand = { command, shard in
            if case .renew = command { .renewed(deadline: later) } else { before(command, shard) }
        }
        _ = try test.answer(to: .renew(test.caller, id))
        try test.node.run(for: .seconds(500))
        #expect(steps(test) == [])
        try test.node.run(for: .seconds(110))
        #expect(steps(test) == ["lapse"])
    }
}
