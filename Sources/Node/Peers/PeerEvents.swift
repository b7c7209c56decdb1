import HashRing

/// What the rest of the node does with what comes from its peers.
///
/// All but ``receivedFile(header:path:from:)`` and ``join(_:)`` are called on the network's event loop, one at a time and in
/// the order in which things happened: whoever takes the calls puts them into a mailbox and returns at once.
package protocol PeerEvents: Sendable {
    /// This node's link to a peer is up: what is sent from now on is on its way.
    func connected(to node: NodeID)
    /// The link of the last ``connected(to:)`` is gone: at once when the connection was closed or reset, after
    /// ``PeerLimits/silence`` when nothing comes any more.
    func disconnected(from node: NodeID)
    /// A frame on a peer's link; those of one peer come in the order in which it sent them.
    func received(_ frame: [UInt8], from node: NodeID)
    /// A datagram. Nothing is known about who sent it: its seal must say that.
    func receivedDatagram(_ bytes: [UInt8], from address: HostPort)
    /// A file came whole: its digest is right, and it lies, synced with its folder, at `path`. It is the callee's from now on.
    /// Should the acknowledgement get lost, the sender sends it again.
    func receivedFile(header: [UInt8], path: String, from node: NodeID)
    /// Whether a node with a valid certificate of this cluster may talk: `false` for one that was removed.
    func admits(_ node: NodeID) -> Bool
    /// Whether a node that is not admitted was removed from the cluster: it is told so.
    func hasRemoved(_ node: NodeID) -> Bool
    /// A member says that this node was removed from the cluster.
    func wasRemoved(by node: NodeID)
    /// Answers a newcomer's request, which came over a link that proves nothing about the newcomer: the token in it must.
    func join(_ request: [UInt8]) async -> [UInt8]
}
