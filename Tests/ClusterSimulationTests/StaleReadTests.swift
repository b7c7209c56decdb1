import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("A read whose caller takes what any replica says")
struct StaleReadTests {
    @Test(
        "is answered by a node that hears nobody, and says how old that is at most",
        arguments: 61...62 as ClosedRange<UInt64>)
    func cutOff(seed: UInt64) throws {
        let three = try ThreeNodes(seed: seed)
        let alone = try three.busiest()
        let other = try #require(three.cluster.endpoints.first { $0 !== alone })
        let users = try ShardID.all(count: 4).map { try three.user(in: $0, at: alone) }
        _ = try three.answer(to: .addUsers(ThreeNodes.caller, users, mark: nil), at: alone)
        try three.cluster.run(for: .seconds(2))

        three.cluster.partition([alone])
        let cut = three.cluster.time
        let writer = Writer(entry: other)
        three.cluster.add(writer)
        try three.cluster.run(for: .seconds(10))
        let missed = try #require(writer.acknowledged.first)
        let asked = three.cluster.time
        guard case .failure(.unavailable) = try three.answer(to: Self.counts, at: alone) else {
            Issue.record("seed \(seed): a linearizable read is not refused")
            return
        }
        #expect(three.cluster.time - asked < .seconds(1), "seed \(seed): \(three.cluster.time - asked)")

        let (count, bound) = try #require(try staleCount(at: alone, in: three))
        #expect(count == users.count)
        let age = three.cluster.time - cut
        #expect(bound >= age && bound >= three.cluster.time - missed, "seed \(seed): \(bound), cut off for \(age)")
        #expect(bound < age + .seconds(4), "seed \(seed): \(bound), cut off for \(age)")

        three.cluster.mendCuts()
        try three.cluster.run(for: .seconds(10))
        let (now, small) = try #require(try staleCount(at: alone, in: three))
        #expect(now > users.count)
        #expect(small > .zero && small <= .seconds(3), "seed \(seed): \(small) when all is well again")
    }

    @Test(
        "holds whatever was acknowledged before the bound that it says, whatever happens to nodes and links",
        arguments: 71...72 as ClosedRange<UInt64>)
    func bounds(seed: UInt64) throws {
        let three = try ThreeNodes(seed: seed)
        let reader = StaleReader(seed: seed)
        for node in three.cluster.endpoints {
            let writer = Writer(entry: node)
            reader.writers.append(writer)
            three.cluster.add(writer)
        }
        three.cluster.add(reader)
        try three.cluster.run(for: .seconds(5))
        #expect(reader.worst <= .seconds(3), "seed \(seed): \(reader.worst) while all is well")
        for node in three.cluster.endpoints {
            three.cluster.partition([node])
            try three.cluster.run(for: .seconds(7))
            three.cluster.mendCuts()
            try three.cluster.run(for: .seconds(3))
            node.pause()
            try three.cluster.run(for: .milliseconds(1500))
            try node.resume()
            try three.cluster.run(for: .seconds(2))
            node.pause()
            try three.cluster.run(for: .seconds(20))
            try node.resume()
            try three.cluster.run(for: .seconds(3))
            node.crash()
            try three.cluster.run(for: .seconds(5))
            three.cluster.partition([node])
            try node.boot()
            try three.cluster.run(for: .seconds(5))
            three.cluster.mendCuts()
            try three.cluster.run(for: .seconds(5))
        }
        #expect(reader.wrong.isEmpty, "seed \(seed): \(reader.wrong.first ?? "")")
        #expect(reader.answered > 1000 && reader.worst > .seconds(5))
        #expect(three.cluster.findings.isEmpty)
    }

    private static let counts = Request.counts(ThreeNodes.caller, .dmcheck)

    private func staleCount(at node: SimulatedNode, in three: ThreeNodes) throws -> (users: Int, bound: Duration)? {
        let answer = try three.answer(to: .stale(Self.counts), at: node)
        guard case .success(.stale(.counts(let counts), let seconds)) = answer else { return nil }
        return (counts.unmarked, .seconds(seconds))
    }
}

/// Counts users at every node in turn, taking what any replica says, and holds the answers against what its writers were told.
private final class StaleReader: SimulatedActor {
    var writers: [Writer] = []
    private(set) var wrong: [String] = []
    private(set) var answered = 0
    private(set) var worst = Duration.zero
    private let seed: UInt64
    private var asked: [RequestID: (at: Duration, node: String)] = [:]
    private var turns = 0

    init(seed: UInt64) { self.seed = seed }

    func act(as number: Int, in cluster: SimulatedCluster) {
        turns += 1
        let nodes = cluster.endpoints.filter(\.isRunning)
        if !nodes.isEmpty {
            let node = nodes[turns % nodes.count]
            let request = Request.stale(.counts(ThreeNodes.caller, .dmcheck))
            if let id = cluster.submit(request, at: node, by: number) {
                asked[id] = (cluster.time, node.identity.name)
            }
        }
        cluster.wake(number, after: .milliseconds(50))
    }

    func answered(
        _ id: RequestID, _ answer: Result<Response, Refusal>, as number: Int, in cluster: SimulatedCluster
    ) {
        guard let (began, node) = asked.removeValue(forKey: id),
            case .success(.stale(.counts(let counts), let seconds)) = answer
        else { return }
        answered += 1
        worst = max(worst, .seconds(seconds))
        let since = began - .seconds(seconds)
        let owed = writers.reduce(0) { $0 + Writer.usersPerCall * $1.acknowledged.count { $0 < since } }
        if counts.unmarked < owed {
            wrong.append(
                "\(node) at \(cluster.time): \(counts.unmarked) users, \(owed) were acknowledged \(seconds) s ago")
        }
    }

    func lost(_ id: RequestID, as number: Int, in cluster: SimulatedCluster) { asked[id] = nil }
}
