import Checks
import Consensus
import Coordinator
import HashRing

extension SimulatedCluster {
    /// The first node: every group begins with its replica alone.
    func found() throws {
        let groups: [GroupKey] = [.registry] + ShardID.all(count: design.shardCount).map { .shard($0) }
        let node = addNode(name: "n1") { _ in SimulatedDisk(founding: groups, replica: Layout.firstReplica) }
        try node.boot()
    }

    /// A place for a new node, with an identity of its own; it does not run yet.
    func addNode(name: String, disk: (NodeIdentity) throws -> SimulatedDisk) rethrows -> SimulatedNode {
        let id = NodeID(rawValue: UInt128(random.next() as UInt64) << 64 | UInt128(random.next() as UInt64))
        let identity = design.identity(id, name: name, port: 7480 + 10 * nodes.count)
        let node = SimulatedNode(number: nodes.count, identity: identity, disk: try disk(identity), cluster: self)
        nodes.append(node)
        return node
    }

    /// The node of that id.
    package func node(_ id: NodeID) -> SimulatedNode? { nodes.first { $0.identity.node == id } }

    /// The node of that name that came last: a name may be used again once its first bearer was removed.
    package func node(named name: String) -> SimulatedNode? { nodes.last { $0.identity.name == name } }

    /// Nodes that somebody would call: all that were not removed.
    package var endpoints: [SimulatedNode] { nodes.filter { !$0.isRetired } }

    /// Whether the node is a member, by the newest registry that any node has.
    func hasMember(_ node: SimulatedNode) -> Bool {
        let newest = nodes.compactMap(\.registry).max { $0.version < $1.version }
        return newest?.member(node.identity.node) != nil || newest?.version == 0
    }

    /// Any node that somebody would call.
    func anyEndpoint() -> SimulatedNode? { endpoints.randomElement(using: &random) }
}
