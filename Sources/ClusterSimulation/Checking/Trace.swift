import Checks
import Consensus
import Coordinator
import HashRing

/// Tells what happens in a cluster, a line for each thing, for whoever looks for the cause of a finding.
package final class Trace {
    private let write: (String) -> Void

    package init(_ write: @escaping (String) -> Void) { self.write = write }

    /// From now on everything but heartbeats and applied entries is told.
    package func follow(_ cluster: SimulatedCluster) {
        let others = cluster.onEffect
        cluster.onEffect = { [unowned self] effect, node in
            others(effect, node)
            tell(effect, of: node)
        }
        cluster.onInput = { [unowned self] in tell($0, to: $1) }
        cluster.onEvent = { [unowned self, unowned cluster] in write("\(cluster.time) \($0)") }
    }

    private func tell(_ input: Input, to node: SimulatedNode) {
        switch input {
        case .tick, .persisted, .applied, .answered, .checkpointed, .datagram: return
        case .peer(let peer, let message):
            for line in lines(message, peer: node.cluster.name(of: peer)) { tell(node, "<- \(line)") }
        case .connected(let peer): tell(node, "connected to \(node.cluster.name(of: peer))")
        case .disconnected(let peer): tell(node, "disconnected from \(node.cluster.name(of: peer))")
        case .request(let id, let request), .forwarded(let id, let request):
            tell(node, "request \(id.rawValue) \("\(request)".prefix(120))")
        default: tell(node, "<- \("\(input)".prefix(200))")
        }
    }

    private func tell(_ effect: Effect, of node: SimulatedNode) {
        switch effect {
        case .apply, .query, .datagram, .settingsChanged: return
        case .persist(let ticket, let write):
            guard write.create != nil || write.remove || write.install != nil else { return }
            tell(
                node,
                "persist \(ticket.rawValue) \(write.group) create \(write.create?.description ?? "-") remove \(write.remove) install \(String(describing: write.install))"
            )
        case .send(let peer, let messages):
            for message in messages {
                for line in lines(message, peer: node.cluster.name(of: peer)) { tell(node, "-> \(line)") }
            }
        case .peers(let peers): tell(node, "peers \(peers.keys.map { node.cluster.name(of: $0) }.sorted())")
        case .registryChanged(let registry):
            let replicas = registry.replicas.map { "\($0.group):\($0.id)@\(node.cluster.name(of: $0.node))" }
            tell(node, "registry \(registry.version) \(registry.members.map { "\($0.name) \($0.state)" }) \(replicas)")
        case .reply(let id, let answer): tell(node, "reply \(id.rawValue) \("\(answer)".prefix(160))")
        default: tell(node, "-> \("\(effect)".prefix(200))")
        }
    }

    private func tell(_ node: SimulatedNode, _ line: String) {
        write("\(node.cluster.time) \(node.identity.name) \(line)")
    }

    private func lines(_ message: PeerMessage, peer: String) -> [String] {
        switch message {
        case .raft(let messages):
            return messages.compactMap { message in
                switch message.message.body {
                case .heartbeat, .heartbeatAnswer: return nil
                case .append(let append):
                    let entries = append.entries.map(\.summary)
                    return
                        "\(peer) \(message.group) \(message.message.from)>\(message.message.to) t\(message.message.term) append after \(append.previous) \(entries) commit \(append.commit)"
                default:
                    return
                        "\(peer) \(message.group) \(message.message.from)>\(message.message.to) t\(message.message.term) \(message.message.body)"
                }
            }
        case .registrySnapshot(let message, _):
            return ["\(peer) registry snapshot \(message.from)>\(message.to) \(message.body)"]
        case .leading, .pushPull, .registry: return []
        case .call(let id, let body): return ["\(peer) call \(id.rawValue) \("\(body)".prefix(140))"]
        case .answer(let id, let body): return ["\(peer) answer \(id.rawValue) \("\(body)".prefix(140))"]
        }
    }
}

extension Entry {
    fileprivate var summary: String {
        switch payload {
        case .empty: "\(index) empty"
        case .command(let bytes):
            "\(index) \((try? CommandEnvelope(encoded: bytes)).map { "\("\($0.command)".prefix(60))" } ?? "registry entry")"
        default: "\(index) \(payload)"
        }
    }
}

extension SimulatedCluster {
    func name(of node: NodeID) -> String { self.node(node)?.identity.name ?? "\(node)" }
}
