import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("A node whose clock runs ahead")
struct WrongClockTests {
    /// Two clocks are left then, and nobody could say which is wrong who had not heard the third one.
    @Test(
        "is not believed again when one of those that contradict it is gone", arguments: 61...66 as ClosedRange<UInt64>)
    func contradicted(seed: UInt64) throws {
        let three = try ThreeNodes(seed: seed)
        let (wrong, gone, right) = (try three.node("n1"), try three.node("n2"), try three.node("n3"))
        var furthest: Int64 = 0
        three.cluster.onApply = { [unowned right] _, _, entry, _ in
            guard let stamp = entry.command.flatMap({ try? CommandEnvelope(encoded: $0) })?.stamp else { return }
            furthest = max(furthest, stamp.milliseconds - right.now.wall.milliseconds)
        }
        wrong.setDrift(millionths: 400_000)
        try three.cluster.run(for: .seconds(5))
        gone.crash()
        try three.cluster.run(for: .seconds(10))
        for shard in ShardID.all(count: 4) {
            let user = try three.user(in: shard, at: right)
            guard case .success = try three.answer(to: .addUsers(ThreeNodes.caller, [user], mark: nil), at: right)
            else {
                Issue.record("seed \(seed): shard \(shard) does not serve")
                continue
            }
        }
        #expect(furthest < 1000, "seed \(seed): \(furthest) ms")
    }

    /// Whoever finds its own clock wrong hands its leaderships over; whoever is handed one must not give it back because the
    /// ring would have it there.
    @Test("leads nothing, and is not made to lead again", arguments: 61...66 as ClosedRange<UInt64>)
    func leadsNothing(seed: UInt64) throws {
        let three = try ThreeNodes(seed: seed)
        let (wrong, gone, right) = (try three.node("n1"), try three.node("n2"), try three.node("n3"))
        wrong.setDrift(millionths: 400_000)
        // Found wrong after about two seconds, and what it leads is handed over within the next one.
        try three.cluster.run(for: .seconds(5))
        for round in 0..<200 {
            if round == 100 {
                #expect(try three.view(at: right).balanced, "seed \(seed): nothing is left to be moved")
                gone.crash()
            }
            try three.cluster.run(for: .milliseconds(100))
            let leads = try three.view(at: right).members.first { $0.name == "n1" }?.leaders
            #expect(leads == 0, "seed \(seed), round \(round)")
        }
        // Its clock is right again, and so is where the ring wants it.
        wrong.mendClock()
        try three.cluster.run(for: .seconds(30))
        let leads = try three.view(at: right).members.first { $0.name == "n1" }?.leaders
        #expect(try #require(leads) > 0, "seed \(seed)")
    }

    /// None of those that are left would ask to lead, with a clock that it knows to be wrong.
    @Test(
        "is handed what the last node with a right clock led when that one stops",
        arguments: 71...74 as ClosedRange<UInt64>)
    func handedOver(seed: UInt64) throws {
        let three = try ThreeNodes(seed: seed)
        let (ahead, behind, right) = (try three.node("n1"), try three.node("n2"), try three.node("n3"))
        ahead.setWallClock(ahead: 700)
        behind.setWallClock(ahead: -700)
        try three.cluster.run(for: .seconds(5))
        #expect(try three.view(at: right).members.first { $0.name == "n3" }?.leaders == 4, "seed \(seed)")
        right.drain()
        #expect(try three.cluster.run(within: .seconds(5)) { right.isDrained }, "seed \(seed)")
        right.crash()
        try three.cluster.run(for: .seconds(1))
        for shard in ShardID.all(count: 4) {
            let user = try three.user(in: shard, at: ahead)
            let answer = try three.answer(to: .addUsers(ThreeNodes.caller, [user], mark: nil), at: ahead)
            guard case .success = answer else {
                Issue.record("seed \(seed): shard \(shard) does not serve: \(answer)")
                continue
            }
        }
    }
}
