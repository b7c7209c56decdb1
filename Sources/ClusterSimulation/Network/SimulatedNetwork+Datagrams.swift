import Coordinator
import HashRing
import Membership

extension SimulatedNetwork {
    /// Sealed with the newest key of the sender, and sent; it arrives or not, once or twice, in any order.
    func send(_ datagram: Datagram, from node: SimulatedNode, to address: PeerAddress) {
        guard let target = cluster.nodes.last(where: { $0.isRunning && $0.address == address }) else { return }
        let way = Direction(from: node.number, to: target.number)
        guard let source = node.address, !isCut(way), lossOneIn == 0 || !cluster.random.oneIn(lossOneIn) else { return }
        let key = node.registry?.secrets.sealingKey
        let copies = cluster.random.oneIn(duplicateOneIn) ? 2 : 1
        for _ in 0..<copies {
            let isSlow = cluster.random.oneIn(cluster.pace.slowMessageOneIn)
            let delay =
                cluster.draw(isSlow ? cluster.pace.slowMessage : cluster.pace.message)
                + disturbances.lateness(ofDatagramOn: way, &cluster.random)
            target.plan(after: delay) { [unowned self] target in
                guard !isCut(way), target.opens(key) else { return }
                target.feed([.datagram(datagram, from: source)])
            }
        }
    }
}

extension SimulatedNode {
    /// Where peers reach it.
    var address: PeerAddress? { PeerAddress(text: identity.peer) }

    /// Whether what the other's address is here is where the other is.
    func address(of other: SimulatedNode) -> Bool {
        process?.peers[other.identity.node] == other.address
    }

    /// Whether a node with a certificate of the cluster may talk to this one.
    func admits(_ other: SimulatedNode) -> Bool {
        !(registry?.removed.contains(other.identity.node) ?? false)
    }

    /// Whether a datagram sealed with that key can be opened here.
    func opens(_ key: ClusterSecrets.GossipKey?) -> Bool {
        guard let key, let registry else { return key == nil }
        return registry.secrets.gossip.contains(key)
    }
}

extension PeerAddress {
    /// Reads `host:port`.
    init?(text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]),
            let address = try? PeerAddress(host: String(text[..<colon]), port: port)
        else { return nil }
        self = address
    }
}
