import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("Leadership moves, and nobody who writes meanwhile is refused")
struct HandoverTests {
    /// What a writer may wait at most in a hand-over, on machines that are never slow: a vote and three commits.
    private static let gap = Duration.milliseconds(150)

    @Test("a node that stops hands over first", arguments: 1...8 as ClosedRange<UInt64>)
    func stopping(seed: UInt64) throws {
        let three = try ThreeNodes(seed: seed)
        let stopping = try three.busiest()
        let writers = three.cluster.endpoints.filter { $0 !== stopping }.map(Writer.init)
        for writer in writers { three.cluster.add(writer) }
        try three.cluster.run(for: .seconds(1))
        let begin = three.cluster.time
        stopping.drain()
        #expect(try three.cluster.run(within: .seconds(5)) { stopping.isDrained }, "seed \(seed)")
        try three.cluster.run(for: .seconds(2))
        for writer in writers {
            #expect(writer.refusals.isEmpty && writer.lost == 0, "seed \(seed): \(writer.refusals)")
            #expect(writer.longestGap(since: begin) < Self.gap, "seed \(seed)")
            #expect(writer.acknowledged.count > 50, "seed \(seed)")
        }
    }

    @Test("an operator has every shard led elsewhere, by turns", arguments: 21...24 as ClosedRange<UInt64>)
    func moving(seed: UInt64) throws {
        let three = try ThreeNodes(seed: seed)
        let writers = three.cluster.endpoints.map(Writer.init)
        for writer in writers { three.cluster.add(writer) }
        let begin = three.cluster.time
        for target in ["n1", "n2", "n3"] {
            for shard in ShardID.all(count: 4) {
                _ = try three.answer(
                    to: .moveShard(ThreeNodes.caller, shard, to: target), at: try three.node("n1"))
            }
            try three.cluster.run(for: .seconds(5))
            #expect(try three.view(at: three.node("n1")).members.first { $0.name == target }?.leaders == 4)
        }
        for writer in writers {
            #expect(writer.refusals.isEmpty && writer.lost == 0, "seed \(seed): \(writer.refusals)")
            #expect(writer.longestGap(since: begin) < Self.gap, "seed \(seed)")
        }
    }

    @Test("what the leader had proposed when it had to make way is answered by what becomes of it")
    func fate() throws {
        for seed in 31...34 as ClosedRange<UInt64> {
            let three = try ThreeNodes(seed: seed)
            let leader = try three.busiest()
            let writer = Writer(entry: leader)
            three.cluster.add(writer)
            try three.cluster.run(for: .seconds(1))
            // Its clock cannot be trusted: it makes way for another and goes on serving as a follower.
            leader.setWallClock(ahead: 60_000)
            try three.cluster.run(for: .seconds(4))
            #expect(writer.acknowledged.count > 50, "seed \(seed)")
            #expect(writer.refusals.isEmpty && writer.lost == 0, "seed \(seed): \(writer.refusals)")
        }
    }
}
