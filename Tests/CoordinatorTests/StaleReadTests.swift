import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("A read that may be stale, on a node by itself")
struct StaleReadTests {
    @Test("is a linearizable one: nobody else could know more")
    func exact() throws {
        let test = try TestNode()
        let reads: [Request] = [
            .counts(test.operatorCaller, .dmcheck), .statistics(test.operatorCaller), .services(test.operatorCaller),
            .settings(test.operatorCaller), .clients(test.operatorCaller, PageRequest()), .leases(test.caller),
            .authenticate(test.operatorCaller, as: .operator), .cluster(test.operatorCaller, digest: true),
        ]
        for read in reads {
            guard case .success(.stale(let response, seconds: 0)) = try test.answer(to: .stale(read)) else {
                Issue.record("\(read)")
                continue
            }
            if case .stale = response { Issue.record("\(read) is answered in two envelopes") }
        }
    }

    @Test("changes nothing: no last access is written, no digest is taken")
    func leavesNoTrace() throws {
        let test = try TestNode()
        _ = try test.answer(to: .stale(.leases(test.caller)))
        _ = try test.answer(to: .stale(.cluster(test.operatorCaller, digest: true)))
        try test.node.run(for: .seconds(5))
        #expect(!test.script.commands.contains { if case .touch = $0.command { true } else { false } })
        #expect(test.script.exchange.isEmpty)

        _ = try test.answer(to: .leases(test.caller))
        try test.node.run(for: .seconds(5))
        #expect(test.script.commands.contains { if case .touch = $0.command { true } else { false } })
    }

    @Test("another client's lease is refused, and the fault is counted all the same")
    func fault() throws {
        let test = try TestNode()
        let id = LeaseID(shard: test.shards[1], secret: 3)
        test.script.onQuery = { query, _ in
            if case .lease = query { .refused(.notYours) } else { nil }
        }
        #expect(try test.answer(to: .stale(.showLease(test.caller, id))).refusal == .leaseNotYours)
        try test.node.run(for: .seconds(1))
        #expect(test.script.exchange.map(\.command) == [.fault(test.client, .notOwnBucket, count: 1, lease: id)])
    }

    @Test("who may not read is told so")
    func refused() throws {
        let test = try TestNode()
        let stranger = Caller.operator(name: "root", .simulated(9))
        #expect(try test.answer(to: .stale(.counts(stranger, .dmcheck))).refusal == .unauthenticated)
        #expect(try test.answer(to: .stale(.counts(.nobody, .dmcheck))).refusal == .unauthenticated)
    }
}
