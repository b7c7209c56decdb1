import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

/// Three nodes over real state machines, balanced, on machines and a network that are never slow: for what is not left to
/// chance.
struct ThreeNodes {
    static let caller = Caller.operator(name: "root", .simulated(0))
    let cluster: SimulatedCluster

    init(seed: UInt64, shards: Int = 4) throws {
        var design = ClusterDesign()
        design.shardCount = shards
        design.operators = [("root", .simulated(0))]
        cluster = try SimulatedCluster(seed: seed, design: design, store: MachineShards())
        cluster.pace.slowWrite = cluster.pace.write
        cluster.pace.slowMessage = cluster.pace.message
        while try cluster.answer(to: .readiness)?.obstacles?.isEmpty != true {
            try cluster.run(for: .milliseconds(100))
        }
        let growth = NodeOperator(caller: Self.caller, tasks: [.add, .add], findings: cluster.findings)
        cluster.add(growth)
        #expect(try cluster.run(within: .seconds(120)) { growth.isDone || !cluster.findings.isEmpty })
        #expect(cluster.findings.isEmpty)
        // Whoever took office rests in it for a moment.
        try cluster.run(for: .seconds(5))
    }

    func node(_ name: String) throws -> SimulatedNode { try #require(cluster.node(named: name)) }

    func answer(to request: Request, at node: SimulatedNode) throws -> Result<Response, Refusal> {
        try #require(try cluster.answer(to: request, at: node))
    }

    /// The cluster as a node sees it.
    func view(at node: SimulatedNode) throws -> ClusterView {
        let answer = try answer(to: .cluster(Self.caller, digest: false), at: node)
        guard case .success(.cluster(let view)) = answer else {
            throw Unexpected(answer: "\(answer)")
        }
        return view
    }

    /// The node that leads most shards.
    func busiest() throws -> SimulatedNode {
        let members = try view(at: node("n1")).members
        let most = try #require(members.max { ($0.leaders, $1.name) < ($1.leaders, $0.name) })
        return try node(most.name)
    }

    /// Users of which `shard` holds one at least.
    func user(in shard: ShardID, at node: SimulatedNode) throws -> UserReference {
        let names = (0..<1000).lazy.compactMap { ScreenName("s\($0)") }
        let name = try #require(names.first { node.identity.placement(.user($0)) == shard })
        return UserReference(screenName: name)
    }

    struct Unexpected: Error {
        let answer: String
    }
}

extension Result where Success == Response, Failure == Refusal {
    /// What keeps a node from serving, as it says itself.
    fileprivate var obstacles: [String]? {
        if case .success(.readiness(let obstacles)) = self { obstacles } else { nil }
    }
}
