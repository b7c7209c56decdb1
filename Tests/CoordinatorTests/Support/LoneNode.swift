import Checks
import ClusterSimulation
import Coordinator
import HashRing

/// A cluster of one: the node, and the clients who call it.
final class LoneNode {
    let cluster: SimulatedCluster
    private let node: SimulatedNode

    init(seed: UInt64, shards: Int, store: any SimulatedShardStore) throws {
        var design = ClusterDesign()
        design.shardCount = shards
        design.operators = [("root", .simulated(1))]
        cluster = try SimulatedCluster(seed: seed, design: design, store: store)
        node = cluster.nodes[0]
    }

    var identity: NodeIdentity { node.identity }
    var now: Moment { node.now }
    var alarms: [Alarm] { node.alarms }
    var isDrained: Bool { node.isDrained }

    var onEffect: (Effect) -> Void {
        get { { [cluster, node] in cluster.onEffect($0, node) } }
        set { cluster.onEffect = { effect, _ in newValue(effect) } }
    }

    @discardableResult
    func submit(_ request: Request) -> RequestID? { cluster.submit(request, at: node) }
    func takeAnswer(to id: RequestID) -> Result<Response, Refusal>? { cluster.takeAnswer(to: id) }
    func abandon(_ id: RequestID) { cluster.abandon(id) }

    func answer(to request: Request, within limit: Duration = .seconds(60)) throws -> Result<Response, Refusal>? {
        try cluster.answer(to: request, at: node, within: limit)
    }

    func run(for span: Duration) throws { try cluster.run(for: span) }
    func drain() { node.drain() }
    func setWallClock(ahead milliseconds: Int64) { node.setWallClock(ahead: milliseconds) }

    /// `kill -9`; it starts again after half a second.
    func crash() {
        node.crash()
        cluster.after(.milliseconds(500)) { [node] in try node.boot() }
    }

    /// Lets everything happen until the node serves.
    func runUntilReady() throws {
        let end = cluster.time + .seconds(30)
        while cluster.time < end {
            if case .success(.readiness(let obstacles)) = try answer(to: .readiness), obstacles.isEmpty { return }
            guard try cluster.step() else { return }
        }
    }
}
