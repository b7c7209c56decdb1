import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("What may have happened is never said to be not applied")
struct HonestOutcomeTests {
    private static let volunteer = ClientID(rawValue: 1)
    private static let caller = Caller.client(volunteer, .simulated(1))

    @Test(
        "the rest of a lease was released, and then nobody could say who had sent that",
        arguments: 61...66 as ClosedRange<UInt64>)
    func released(seed: UInt64) throws {
        let three = try ThreeNodes(seed: seed)
        let lease = try lease(in: three)
        let shards = try three.view(at: three.node("n1")).shards
        let leader = try #require(shards.first { $0.id == lease.shard }?.leader)
        let entry = try #require(three.cluster.node(leader))
        let home = entry.identity.placement(.client(Self.volunteer))
        // Who sent it is asked of another node than the one that carries it out.
        let other = try #require(three.cluster.endpoints.first { $0 !== entry }?.identity.name)
        _ = try three.answer(to: .moveShard(ThreeNodes.caller, home, to: other), at: entry)
        try three.cluster.run(for: .seconds(5))
        try #require(home != lease.shard)

        var wasReported = false
        three.cluster.onApply = { [unowned cluster = three.cluster] _, node, _, batch in
            let isReport = batch.outcomes.contains { if case .reported = $0.outcome { true } else { false } }
            guard isReport, node === entry, !wasReported else { return }
            wasReported = true
            for lost in cluster.endpoints where lost !== entry { cluster.after(.zero) { lost.crash() } }
        }
        let answer = try three.answer(to: .report(Self.caller, lease, rows: [], release: true), at: entry)
        #expect(wasReported, "seed \(seed)")
        guard case .failure(let refusal) = answer else { return }
        switch refusal {
        case .unavailable(.notApplied, _), .timeout(.notApplied): Issue.record("seed \(seed): \(refusal)")
        default: break
        }
    }

    /// A lease of the volunteer, which has registered, on a user of a shard that is not the volunteer's home.
    private func lease(in three: ThreeNodes) throws -> LeaseID {
        let entry = try three.node("n1")
        let home = entry.identity.placement(.client(Self.volunteer))
        let shard = try #require(ShardID.all(count: 4).first { $0 != home })
        let marking = Marking(service: .dmcheck, lane: .normal)
        let users = [try three.user(in: shard, at: entry)]
        _ = try three.answer(to: .addUsers(ThreeNodes.caller, users, mark: marking), at: entry)
        let registration = Registration(
            screenName: "volunteer_1", secret: .simulated(1), capability: Capability(usersPerWindow: 1_000_000),
            invited: false)
        _ = try three.answer(to: .register(Self.volunteer, registration, invite: nil), at: entry)
        let order = LeaseOrder(service: .dmcheck, count: 1, waitSeconds: 30, key: nil)
        guard case .success(.leased(let answer)) = try three.answer(to: .lease(Self.caller, order), at: entry),
            let lease = answer.leases.first
        else { throw ThreeNodes.Unexpected(answer: "no lease") }
        return lease.id
    }
}
