import HashRing
import Logging
import Metrics
import NIOCore
import ServiceLifecycle
import Synchronization

/// The network between nodes: links, datagrams, files, and newcomers.
///
/// Each node dials every other for what *it* sends, so that between two nodes there are two connections of one direction
/// each: no tie to break, and a connection that ends says at once who is unreachable in which direction.
///
/// What is sent is opaque here. Create it, ``start(_:)`` it, then run it as a service that ends after those which send.
package final class PeerNetwork: Service {
    private let listen: HostPort
    private let inbox: Inbox
    private let switchboard: Switchboard
    private let metrics: PeerMetrics
    /// For each peer that is dialled what waits for it. One of the few locks: held for a look-up.
    private let peers = Mutex<[NodeID: (address: HostPort, queue: FrameQueue)]>([:])

    /// - Parameters:
    ///   - listen: TCP and UDP take the same port; 0 lets the system choose.
    ///   - inbox: the folder into which files come; unfinished ones of an earlier run are deleted there.
    package init(
        identity: NodeID, cluster: String, listen: HostPort, certificates: PeerCertificates, inbox: String,
        eventLoopGroup: any EventLoopGroup, logger: Logger, metrics: any MetricsFactory,
        limits: PeerLimits = PeerLimits()
    ) {
        self.listen = listen
        self.inbox = Inbox(folder: inbox)
        self.metrics = PeerMetrics(factory: metrics)
        switchboard = Switchboard(
            identity: PeerIdentity(cluster: cluster, node: identity), certificates: certificates, limits: limits,
            loop: eventLoopGroup.next(), metrics: self.metrics, logger: logger)
    }

    /// Listens. To be called once, before ``run()``; from now on everything is told to `events`.
    ///
    /// - Returns: the port that was taken.
    /// - Throws: what the system says when it cannot be.
    package func start(_ events: any PeerEvents) async throws -> Int {
        try inbox.prepare()
        return try await switchboard.start(events, at: listen)
    }

    /// Dials these nodes, and keeps dialling those that cannot be reached; drops the links to all others, and the connections
    /// of nodes that ``PeerEvents/admits(_:)`` admits no more.
    package func setPeers(_ wanted: [NodeID: HostPort]) {
        peers.withLock { peers in
            var next: [NodeID: (address: HostPort, queue: FrameQueue)] = [:]
            for (node, address) in wanted {
                if let known = peers[node], known.address == address {
                    next[node] = known
                } else {
                    let queue = FrameQueue(
                        countLimit: PeerLimits.queuedFrames, byteLimit: PeerLimits.queuedBytes, isOpen: false)
                    next[node] = (address, queue)
                }
            }
            peers = next
            switchboard.onLoop { [next] in $0.setPeers(next) }
        }
    }

    /// Sends a frame, in order with the others to this node. Never blocks: without a link, or with too much waiting, the frame is
    /// dropped and counted.
    ///
    /// - Returns: whether it is on its way: then it arrives, or ``PeerEvents/disconnected(from:)`` is told afterwards.
    @discardableResult
    package func send(_ frame: [UInt8], to node: NodeID) -> Bool {
        // An empty frame is the link's own sign of life.
        guard (1...PeerLimits.frameBytes).contains(frame.count) else { return dropped(.size) }
        guard let queue = peers.withLock({ $0[node]?.queue }) else { return dropped(.unreachable) }
        switch queue.put(frame, bytes: frame.count) {
        case .wake: switchboard.onLoop { $0.drain(node) }
        case .queued: break
        case .full: return dropped(.full)
        case .closed: return dropped(.unreachable)
        }
        return true
    }

    private func dropped(_ reason: PeerMetrics.Drop) -> Bool {
        metrics.droppedFrames(reason)
        return false
    }

    /// Sends a datagram of up to ``PeerLimits/datagramBytes``. Never blocks; a host name is looked up in the background, and its
    /// address remembered for a while.
    package func sendDatagram(_ bytes: [UInt8], to address: HostPort) {
        guard (1...PeerLimits.datagramBytes).contains(bytes.count) else { return metrics.droppedDatagrams(.size) }
        switch switchboard.outbox.put((bytes, address), bytes: bytes.count) {
        case .wake: switchboard.onLoop { $0.drainDatagrams() }
        case .queued: break
        case .full: metrics.droppedDatagrams(.full)
        case .closed: metrics.droppedDatagrams(.unreachable)
        }
    }

    /// Sends a file over a connection of its own, slow enough to leave room for the links.
    ///
    /// - Returns: once the receiver has it whole and synced and has told its node.
    /// - Throws: ``FileTransferError``; nothing of the file is left at the receiver then, unless only its acknowledgement was lost.
    package func sendFile(header: [UInt8], path: String, to name: NodeName) async throws(FileTransferError) {
        guard let sender = sender(to: name) else { throw .unreachable("it is no peer") }
        try await sender.send(header: header, path: path)
    }

    private func sender(to name: NodeName) -> FileSender? {
        guard let node = NodeID(name), let address = peers.withLock({ $0[node]?.address }) else { return nil }
        return FileSender(switchboard: switchboard, node: node, address: address)
    }

    /// New handshakes use these; the connections that are open stay.
    package func renew(_ certificates: PeerCertificates) {
        switchboard.onLoop { $0.renew(certificates) }
    }

    /// Serves until a graceful shutdown, then closes everything.
    package func run() async throws {
        await withDiscardingTaskGroup { group in
            await withTaskCancellationOrGracefulShutdownHandler {
                for await job in switchboard.jobs { group.addTask { await self.perform(job) } }
            } onCancelOrGracefulShutdown: { [switchboard] in
                switchboard.jobQueue.finish()
            }
            await switchboard.stop()
            group.cancelAll()
        }
    }

    private func perform(_ job: Switchboard.Job) async {
        guard let events = await switchboard.events else { return }
        switch job {
        case .join(let channel, let request):
            let answer = await events.join(request)
            guard answer.count <= PeerLimits.frameBytes else { return channel.abort() }
            try? await channel.writeAndFlush(ByteBuffer.frame(answer))
            try? await channel.close()
        case .file(let channel, let node):
            await FileReceiver(inbox: inbox, events: events, metrics: metrics).receive(channel, from: node)
            await switchboard.fileInIsOver()
        }
    }
}
