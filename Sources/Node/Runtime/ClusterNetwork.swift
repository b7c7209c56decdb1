import Consensus
import Coordinator
import HashRing
import Logging
import Membership
import Metrics
import NIOCore
import Synchronization
import Wire

/// Between the network and the coordinator: frames become messages, datagrams are opened, files become snapshots, newcomers
/// become members, and the other way round. Decides nothing.
final class ClusterNetwork: PeerEvents, Sendable {
    /// What a frame carries, by its first byte.
    private enum Channel: UInt8 {
        case message = 0
        /// A call that belongs to this node, its answer, and that nobody waits for it any more.
        case call, answer, cancel
    }

    private struct State {
        var addresses: [NodeID: HostPort] = [:]
        var seal: DatagramSeal?
        var registry: Registry?
        var post: (@Sendable (Input) -> Void)?
        var performer: (any RequestPerforming)?
        /// Told why this node must not go on.
        var fail: (@Sendable (any Error) -> Void)?
        /// A member has let this process in.
        var wasAdmitted = false
        var isClosed = false
    }

    let peers: PeerNetwork
    let calls: ForwardedCalls
    private let identity: NodeID
    private let cluster: String
    private let boot: UInt64
    private let state: Mutex<State>
    private let logger: Logger
    private let refused: [String: Counter]

    init(
        peers: PeerNetwork, identity: NodeID, cluster: String, boot: UInt64, registry: Registry?, logger: Logger,
        metrics: any MetricsFactory
    ) {
        self.peers = peers
        self.identity = identity
        self.cluster = cluster
        self.boot = boot
        self.logger = logger
        calls = ForwardedCalls()
        refused = Dictionary(
            uniqueKeysWithValues: ["datagram", "message", "snapshot"].map {
                ($0, Counter(label: "dmcheck_peer_refused_total", dimensions: [("what", $0)], factory: metrics))
            })
        state = Mutex(State(registry: registry))
        if let registry { adopt(registry.secrets) }
    }

    /// From now on what comes in goes to `post`.
    func connect(
        _ performer: any RequestPerforming, fail: @escaping @Sendable (any Error) -> Void,
        _ post: @escaping @Sendable (Input) -> Void
    ) {
        state.withLock { state in
            state.fail = fail
            state.post = post
            state.performer = performer
        }
    }

    /// Whoever answers requests here; `nil` while the node is just starting.
    var performer: (any RequestPerforming)? { state.withLock { $0.performer } }

    private func post(_ input: Input) { state.withLock { $0.post }?(input) }

    // MARK: Out

    func carryOut(_ effect: Effect) {
        switch effect {
        case .send(let node, let messages):
            for message in messages { send(.message, message.encoded(), to: node) }
        case .datagram(let datagram, let address): send(datagram, to: address)
        case .peers(let addresses):
            let peers = addresses.mapValues { HostPort(host: $0.host, port: Int($0.port)) }
            state.withLock { $0.addresses = peers }
            self.peers.setPeers(peers)
        case .registryChanged(let registry): follow(registry)
        case .silent(let node): calls.giveUp(at: node.description)
        default: break
        }
    }

    /// - Returns: whether it is on its way; ``disconnected(from:)`` is called if it does not get there.
    @discardableResult
    private func send(_ channel: Channel, _ body: [UInt8], to node: NodeID) -> Bool {
        peers.send([channel.rawValue] + body, to: node)
    }

    private func send(_ datagram: Datagram, to address: PeerAddress) {
        let sealed = state.withLock { state in try? state.seal?.seal(datagram.bytes()) }
        if let sealed { peers.sendDatagram(sealed, to: HostPort(host: address.host, port: Int(address.port))) }
    }

    /// Whom to admit, and what to seal gossip with. Links of whoever is not admitted any more are cut.
    private func follow(_ registry: Registry) {
        let addresses = state.withLock { state in
            state.registry = registry
            return state.addresses
        }
        adopt(registry.secrets)
        peers.setPeers(addresses)
    }

    private func adopt(_ secrets: ClusterSecrets) {
        let keys = secrets.gossip.compactMap { try? GossipKey(number: $0.number, secret: $0.bytes) }
        guard let sealing = secrets.sealingKey, let keyring = try? Keyring(keys, primary: sealing.number),
            let cluster = NodeID(cluster)
        else { return }
        state.withLock { state in
            if state.seal == nil {
                state.seal = DatagramSeal(
                    cluster: cluster.rawValue, sender: identity.rawValue, boot: boot, keyring: keyring)
            } else {
                state.seal?.adopt(keyring)
            }
        }
    }

    /// Sends a snapshot; returns whether the other side has it.
    func send(_ path: String, header: [UInt8], to name: NodeName) async -> Bool {
        do {
            try await peers.sendFile(header: header, path: path, to: name)
            return true
        } catch FileTransferError.busy {
            // Another node is just sending it something; consensus asks again.
            return false
        } catch {
            logger.warning("a snapshot could not be sent", metadata: ["node": "\(name)", "error": "\(error)"])
            return false
        }
    }

    // MARK: Calls

    /// Passes a client's call on to the node that leads what it is about.
    func forward(_ call: ForwardedCall, to name: NodeName) async -> ForwardedAnswer {
        let bytes = call.encoded()
        return await calls.passOn(to: name, within: call.patience) { [self] id in
            send(.call, id.bytes + bytes, to: name)
        } onCancel: { [self] id in
            send(.cancel, id.bytes, to: name)
        }
    }

    @discardableResult
    private func send(_ channel: Channel, _ body: [UInt8], to name: NodeName) -> Bool {
        guard let node = NodeID(name) else { return false }
        return send(channel, body, to: node)
    }

    // MARK: In

    func connected(to node: NodeID) {
        state.withLock { $0.wasAdmitted = true }
        post(.connected(node))
    }

    func disconnected(from node: NodeID) {
        calls.lose(at: node.description)
        post(.disconnected(node))
    }

    func received(_ frame: [UInt8], from node: NodeID) {
        guard let first = frame.first, let channel = Channel(rawValue: first) else { return refuse("message") }
        let body = Array(frame.dropFirst())
        switch channel {
        case .message:
            do { post(.peer(node, try PeerMessage(encoded: body))) } catch {
                refuse("message")
                logger.warning("a message cannot be read", metadata: ["node": "\(node)", "error": "\(error)"])
            }
        case .call:
            guard let (id, rest) = CallNumber.take(from: body), let call = ForwardedCall(encoded: rest) else {
                return refuse("message")
            }
            let name = node.description
            calls.serve(id, from: name, call) { [weak self] answer in
                self?.send(.answer, id.bytes + answer.encoded(), to: name)
            }
        case .answer:
            guard let (id, rest) = CallNumber.take(from: body), let answer = ForwardedAnswer(encoded: rest) else {
                return refuse("message")
            }
            calls.take(answer, to: id, from: node.description)
        case .cancel:
            guard let (id, _) = CallNumber.take(from: body) else { return refuse("message") }
            calls.cancel(id, from: node.description)
        }
    }

    func receivedDatagram(_ bytes: [UInt8], from address: HostPort) {
        let opened: (sender: UInt128, plain: [UInt8])? = state.withLock { state in try? state.seal?.open(bytes) }
        guard let opened, let port = UInt16(exactly: address.port),
            let datagram = try? Datagram(bytes: opened.plain, sealedBy: opened.sender),
            let source = try? PeerAddress(host: address.host, port: port)
        else { return refuse("datagram") }
        post(.datagram(datagram, from: source))
    }

    func receivedFile(header: [UInt8], path: String, from node: NodeID) {
        do { post(.snapshotReceived(from: node, try SnapshotHeader(encoded: header), path: path)) } catch {
            refuse("snapshot")
            PrivateFile.remove(path)
        }
    }

    /// Whoever has a certificate of the cluster and was not removed: a node that was away while all others were replaced must
    /// hear from them before its registry can know them.
    func admits(_ node: NodeID) -> Bool {
        state.withLock { state in !state.isClosed && !(state.registry?.removed.contains(node) ?? false) }
    }

    func hasRemoved(_ node: NodeID) -> Bool { state.withLock { $0.registry?.removed.contains(node) ?? false } }

    /// A node that starts in ignorance of its removal ends. One that is running is ended by whoever removed it.
    func wasRemoved(by node: NodeID) {
        let name = state.withLock { state in state.registry?.member(node)?.name ?? node.description }
        guard let fail = state.withLock({ state in state.wasAdmitted ? nil : state.fail }) else {
            return logger.error(
                "this node was removed from the cluster; it may be stopped", metadata: ["saidBy": "\(name)"])
        }
        fail(
            StartError(
                "this node was removed from the cluster, says \(name)",
                remedy: "to bring the machine back, start it with another, empty --data folder and a join token"))
    }

    /// The node stops: nothing more is taken from peers, who go elsewhere at once.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.post = nil
            state.performer = nil
        }
        peers.setPeers([:])
    }

    func join(_ request: [UInt8]) async -> [UInt8] { await JoinDesk(performer: performer).answer(request) }

    /// The registry as this node goes by it.
    var registry: Registry? { state.withLock { $0.registry } }

    private func refuse(_ what: String) { refused[what]?.increment() }
}
