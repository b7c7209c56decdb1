import HashRing
import Logging
import Metrics
import NIOCore
import NIOPosix
import NIOSSL

/// A peer that this node dials, and how far it has come.
struct Peer {
    enum Phase {
        /// Until the next attempt.
        case waiting(UInt64, Scheduled<Void>)
        /// Until the welcome; the time for it is limited.
        case dialing(UInt64, end: Scheduled<Void>, (any Channel)?)
        case up(UInt64, any Channel)
    }

    let address: HostPort
    /// What waits for the link; open only while it is up.
    let queue: FrameQueue
    var phase: Phase
    var backOff = BackOff()
}

typealias FrameQueue = BoundedQueue<[UInt8]>

extension Switchboard {
    /// Dials these and no others. A link to another address, or from a node that is admitted no more, ends at once.
    ///
    /// - Parameter queues: for each peer the queue that its frames are put into.
    func setPeers(_ wanted: [NodeID: (address: HostPort, queue: FrameQueue)]) {
        guard !isStopped else { return }
        for (node, peer) in peers where wanted[node]?.address != peer.address {
            peers[node] = nil
            end(peer, node)
        }
        for (node, channel) in incoming where events?.admits(node) != true { endIncoming(channel, of: node) }
        for (node, peer) in wanted where peers[node] == nil && node != identity.node {
            dial(node, peer.address, peer.queue, BackOff())
        }
    }

    private func end(_ peer: Peer, _ node: NodeID) {
        switch peer.phase {
        case .waiting(_, let scheduled): scheduled.cancel()
        case .dialing(_, let end, let channel):
            end.cancel()
            channel?.abort()
        case .up(_, let channel):
            channel.abort()
            reportDown(peer, node)
        }
    }

    private func dial(_ node: NodeID, _ address: HostPort, _ queue: FrameQueue, _ backOff: BackOff) {
        dials += 1
        let dial = dials
        let end = loop.scheduleTask(in: limits.dialing) { self.assumeIsolated { $0.dialFailed(node, dial) } }
        peers[node] = Peer(address: address, queue: queue, phase: .dialing(dial, end: end, nil), backOff: backOff)
        let (certificates, metrics, cluster) = (certificates, metrics, identity.cluster)
        let limits = limits
        ClientBootstrap(group: loop)
            .connectTimeout(limits.dialing)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(
                .writeBufferWaterMark,
                value: .init(low: PeerLimits.writeBufferBytes / 2, high: PeerLimits.writeBufferBytes)
            )
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        try NIOSSLClientHandler(context: certificates.linking, serverHostname: nil),
                        // The accepting side has nothing to say but that it lives, or why not.
                        ByteToMessageHandler(FrameDecoder(limit: Farewell.removed.count)),
                        Introduction(metrics: metrics) { peer, use, channel in
                            guard peer.cluster == cluster else { return .cluster }
                            guard peer.node == node else { return .node }
                            guard use == .link else { return .use }
                            let frames = try channel.pipeline.syncOperations.handler(
                                type: ByteToMessageHandler<FrameDecoder>.self)
                            try channel.pipeline.syncOperations.addHandler(
                                Pulse(limits: limits), position: .before(frames))
                            return nil
                        },
                        OutgoingLink(to: node, dial: dial, switchboard: self, metrics: metrics),
                    ])
                }
            }
            .connect(host: address.host, port: address.port)
            .whenComplete { result in
                self.assumeIsolated { switchboard in
                    switch result {
                    case .success(let channel): switchboard.connected(node, dial, channel)
                    case .failure: switchboard.dialFailed(node, dial)
                    }
                }
            }
    }

    private func connected(_ node: NodeID, _ dial: UInt64, _ channel: any Channel) {
        // The welcome cannot be here already, but the end can.
        guard case .dialing(dial, let end, _)? = peers[node]?.phase, channel.isActive else { return channel.abort() }
        peers[node]?.phase = .dialing(dial, end: end, channel)
    }

    private func dialFailed(_ node: NodeID, _ dial: UInt64) {
        guard case .dialing(dial, let end, let channel)? = peers[node]?.phase else { return }
        end.cancel()
        channel?.abort()
        metrics.dialsFailed.increment()
        dialLater(node)
    }

    private func dialLater(_ node: NodeID) {
        guard var peer = peers[node] else { return }
        let wait = peer.backOff.wait(using: &random)
        dials += 1
        let dial = dials
        peer.phase = .waiting(
            dial, loop.scheduleTask(in: TimeAmount(wait)) { self.assumeIsolated { $0.dialAgain(node, dial) } })
        peers[node] = peer
    }

    /// A timer that was cancelled in the turn in which it is due fires all the same: it must not undo what cancelled it.
    private func dialAgain(_ node: NodeID, _ dial: UInt64) {
        guard let peer = peers[node], case .waiting(dial, _) = peer.phase else { return }
        self.dial(node, peer.address, peer.queue, peer.backOff)
    }

    /// The peer's welcome has come.
    func linkIsUp(to node: NodeID, dial: UInt64, _ channel: any Channel) {
        guard var peer = peers[node], case .dialing(dial, let end, _) = peer.phase else { return channel.abort() }
        end.cancel()
        peer.phase = .up(dial, channel)
        peer.backOff.reset()
        peers[node] = peer
        peer.queue.open()
        metrics.links.increment()
        logger.info("link up", metadata: ["peer": "\(node)", "address": "\(peer.address)"])
        events?.connected(to: node)
    }

    /// The peer says that this node is no member any more.
    func wasRemoved(by node: NodeID, dial: UInt64) {
        guard case .dialing(dial, _, _)? = peers[node]?.phase else { return }
        events?.wasRemoved(by: node)
    }

    /// The connection of this attempt is closed, whatever it had come to.
    func linkIsDown(to node: NodeID, dial: UInt64) {
        switch peers[node]?.phase {
        case .up(dial, _)?:
            if let peer = peers[node] { reportDown(peer, node) }
            dialLater(node)
        case .dialing(dial, _, _)?: dialFailed(node, dial)
        default: break
        }
    }

    private func reportDown(_ peer: Peer, _ node: NodeID) {
        metrics.droppedFrames(.unreachable, peer.queue.close())
        metrics.links.decrement()
        logger.info("link down", metadata: ["peer": "\(node)", "address": "\(peer.address)"])
        events?.disconnected(from: node)
    }

    /// Moves what waits for a peer into its connection, as far as that takes it: all that was sent in one turn of the loop
    /// is one write.
    func drain(_ node: NodeID) {
        guard let peer = peers[node], case .up(_, let channel) = peer.phase else { return }
        while channel.isWritable {
            let batch = peer.queue.take(bytes: PeerLimits.batchBytes)
            if batch.isEmpty { return }
            let bytes = batch.reduce(0) { $0 + $1.count }
            var buffer = channel.allocator.buffer(capacity: bytes + batch.count * FrameDecoder.headBytes)
            for frame in batch { buffer.writeFrame(frame) }
            metrics.framesOut.increment(by: batch.count)
            metrics.bytesOut.increment(by: bytes)
            channel.writeAndFlush(buffer, promise: nil)
        }
    }
}
