import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("A node that hears no majority, and what is seen of one that is not heard")
struct MinorityTests {
    @Test(
        "says within a second of the cut that it can do nothing, whoever led what it is asked",
        arguments: 41...44 as ClosedRange<UInt64>)
    func toldWithinASecond(seed: UInt64) throws {
        let three = try ThreeNodes(seed: seed)
        let alone = try three.busiest()
        let users = try ShardID.all(count: 4).map { try three.user(in: $0, at: alone) }
        three.cluster.partition([alone])
        let cut = three.cluster.time
        let asked = users.map { user in
            three.cluster.submit(.addUsers(ThreeNodes.caller, [user], mark: nil), at: alone)
        }
        var waiting = asked.compactMap(\.self)
        #expect(waiting.count == 4)
        _ = try three.cluster.run(within: .seconds(5)) {
            waiting.removeAll { id in
                guard let answer = three.cluster.takeAnswer(to: id) else { return false }
                guard case .failure(.unavailable) = answer else {
                    Issue.record("seed \(seed): answered \(answer)")
                    return true
                }
                return true
            }
            return waiting.isEmpty
        }
        #expect(waiting.isEmpty)
        #expect(three.cluster.time - cut < .seconds(1), "seed \(seed): \(three.cluster.time - cut)")
    }

    @Test("a node that is gone is not shown as alive, though gossip takes its time")
    func suspected() throws {
        let three = try ThreeNodes(seed: 51)
        let (one, gone) = (try three.node("n1"), try three.node("n3"))
        gone.crash()
        try three.cluster.run(for: .milliseconds(100))
        #expect(try three.view(at: one).members.first { $0.name == "n3" }?.health == .suspect)
        try three.cluster.run(for: .seconds(20))
        #expect(try three.view(at: one).members.first { $0.name == "n3" }?.health == .dead)
    }

    @Test("a shard that is to be led by a node which is down waits for it")
    func waits() throws {
        let three = try ThreeNodes(seed: 52)
        let one = try three.node("n1")
        try three.node("n3").crash()
        try three.cluster.run(for: .seconds(3))
        let shard = try #require(try three.view(at: one).shards.first { $0.leader != nil })
        _ = try three.answer(to: .moveShard(ThreeNodes.caller, shard.id, to: "n3"), at: one)
        try three.cluster.run(for: .seconds(1))
        let move = try three.view(at: one).shards.first { $0.id == shard.id }?.move
        #expect(move?.stage == .waiting)
    }

    @Test("of three nodes one is drained, and a second one is not: there is no room for the replicas of both")
    func drainedByTurns() throws {
        let three = try ThreeNodes(seed: 53)
        let three1 = try three.node("n1")
        guard case .success = try three.answer(to: .drainNode(ThreeNodes.caller, name: "n2"), at: three1) else {
            Issue.record("the first is refused")
            return
        }
        for request in [
            Request.drainNode(ThreeNodes.caller, name: "n3"), .removeNode(ThreeNodes.caller, name: "n3"),
        ] {
            guard case .failure(.conflict(let why)) = try three.answer(to: request, at: three1) else {
                Issue.record("\(request) is not refused")
                continue
            }
            #expect(why.contains("too few"))
        }
        // Again, and to the end, it may go.
        guard case .success = try three.answer(to: .removeNode(ThreeNodes.caller, name: "n2"), at: three1) else {
            Issue.record("the drained one is not removed")
            return
        }
        #expect(
            try three.cluster.run(within: .seconds(60)) {
                three.cluster.node(named: "n1")?.registry?.members.count == 2
            })
        guard case .success = try three.answer(to: .drainNode(ThreeNodes.caller, name: "n3"), at: three1) else {
            Issue.record("the next one is refused")
            return
        }
    }
}
