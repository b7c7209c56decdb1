import Checks
import HashRing
import Membership

/// The other nodes, as this node's links and their announcements show them.
struct PeerStates: Sendable {
    /// Those that a link leads to.
    private(set) var connected: Set<NodeID> = []
    /// To whom links are kept.
    var dialed: [NodeID: PeerAddress] = [:]
    /// Messages of this turn, by receiver.
    var outgoing: [NodeID: [PeerMessage]] = [:]
    /// Consensus' messages of this turn, by receiver.
    var consensus: [NodeID: [GroupMessage]] = [:]

    func isConnected(_ node: NodeID) -> Bool { connected.contains(node) }

    /// The nodes that a link leads to, in order.
    var nodes: [NodeID] { connected.sorted() }

    mutating func connect(_ node: NodeID) { connected.insert(node) }

    mutating func disconnect(_ node: NodeID) {
        connected.remove(node)
        outgoing[node] = nil
        consensus[node] = nil
    }
}
