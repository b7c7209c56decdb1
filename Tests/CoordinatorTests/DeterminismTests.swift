import Checks
import ClusterSimulation
import Consensus
import Coordinator
import HashRing
import Testing

@Suite("Same inputs, same outputs")
struct DeterminismTests {
    /// Everything a node wanted done in a run of mixed requests.
    private func trace(seed: UInt64) throws -> [String] {
        let test = try TestNode(seed: seed)
        var trace: [String] = []
        test.node.onEffect = { effect in
            switch effect {
            case .persist(let ticket, let write):
                trace.append("persist \(ticket.rawValue) \(write.group) \(write.entries.map(\.payload))")
            case .apply(let shard, let entries): trace.append("apply \(shard) \(entries.map(\.index))")
            case .query(let id, let shard, let query): trace.append("query \(id.rawValue) \(shard) \(query)")
            case .reply(let id, let answer): trace.append("reply \(id.rawValue) \(answer)")
            default: trace.append("\(effect)")
            }
        }
        let deadline = test.node.now.wall.adding(seconds: 60)
        test.script.onCommand = { command, _ in
            switch command {
            case .reserve(let reservation):
                .reserved(
                    ReserveAnswer(
                        cap: 10, outstanding: 0,
                        slots: reservation.normalShards.map { ask(1, at: $0, secret: UInt128($0.rawValue)) }))
            case .grant(let order) where order.lease.shard.rawValue.isMultiple(of: 2):
                .granted(lease(order.lease, deadline: deadline))
            default: nil
            }
        }
        try test.announce(test.shards)
        for count in 1...5 { test.node.submit(test.order(count: count, waitSeconds: count, key: "k\(count)")) }
        let names = (0..<2000).compactMap { ScreenName("user\($0)") }
        test.node.submit(.mark(test.operatorCaller, names, Marking(service: .dmcheck, lane: .urgent)))
        test.node.submit(.statistics(test.operatorCaller))
        test.node.submit(.cluster(test.operatorCaller, digest: true))
        try test.node.run(for: .seconds(20))
        test.node.crash()
        try test.node.run(for: .seconds(5))
        return trace
    }

    @Test("the same seed gives the same effects, in the same order", arguments: [1, 2, 3] as [UInt64])
    func I9_sameSeedSameEffects(seed: UInt64) throws {
        let first = try trace(seed: seed)
        let second = try trace(seed: seed)
        #expect(first.count > 50)
        #expect(first == second, "seed \(seed)")
    }
}
