import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("A node whose disk has lost what it confirmed")
struct ForgottenLogTests {
    /// As a real node did with noise in its log's write-ahead file: the end of the log was gone, and nothing on the disk said so.
    @Test("ends when its leader counts on it, and does not start again", arguments: 61...64 as ClosedRange<UInt64>)
    func ends(seed: UInt64) throws {
        let three = try ThreeNodes(seed: seed)
        let one = try three.node("n1")
        let shard = try #require(
            try three.view(at: one).shards.first { $0.leader.map { $0 != one.identity.node } ?? false }?.id)
        for _ in 0..<5 {
            let user = try three.user(in: shard, at: one)
            guard case .success = try three.answer(to: .addUsers(ThreeNodes.caller, [user], mark: nil), at: one) else {
                Issue.record("seed \(seed): nothing is written")
                return
            }
        }
        one.crash()
        #expect(try one.loseEnd(of: shard) > 0)
        try one.boot()
        let isSeen = try three.cluster.run(within: .seconds(10)) { !one.isRunning }
        #expect(isSeen, "seed \(seed)")
        #expect(one.alarms.contains { if case .forgotten(.shard(shard), _) = $0 { true } else { false } })
        try one.boot()
        #expect(!one.isRunning && one.refusal != nil)
        // The others go on.
        let two = try three.node("n2")
        try three.cluster.run(for: .seconds(5))
        let user = try three.user(in: shard, at: two)
        guard case .success = try three.answer(to: .addUsers(ThreeNodes.caller, [user], mark: nil), at: two) else {
            Issue.record("seed \(seed): the others do not go on")
            return
        }
    }
}
