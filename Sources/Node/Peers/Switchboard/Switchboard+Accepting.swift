import HashRing
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS

extension Switchboard {
    /// Listens for peers and newcomers.
    ///
    /// - Returns: the port.
    func listen(_ address: HostPort) async throws -> Int {
        let channel = try await ServerBootstrap(group: loop)
            .serverChannelOption(.backlog, value: PeerLimits.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.assumeIsolated { try $0.greet(channel) } }
            }
            .bind(host: address.host, port: address.port).get()
        listener = channel
        return channel.localAddress?.port ?? 0
    }

    /// A connection, before its first byte: the name that it asks for (SNI) says whether a newcomer is calling.
    private func greet(_ channel: any Channel) throws {
        guard !isStopped, unidentified.count < PeerLimits.unidentifiedConnections else {
            metrics.refused(.busy)
            throw ChannelError.operationUnsupported
        }
        let id = ObjectIdentifier(channel)
        let end = loop.scheduleTask(in: limits.introduction) { self.assumeIsolated { $0.isLate(channel) } }
        unidentified[id] = (channel, end)
        channel.closeFuture.whenComplete { _ in self.assumeIsolated { $0.isIdentified(channel) } }
        let names = SNIHandler { name in
            channel.eventLoop.makeCompletedFuture {
                try self.assumeIsolated { switchboard in
                    if name == .hostname(Joining.serverName) {
                        try switchboard.welcomeNewcomer(channel)
                    } else {
                        try switchboard.welcomePeer(channel)
                    }
                }
            }
        }
        try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(names))
    }

    private func isLate(_ channel: any Channel) {
        guard unidentified.removeValue(forKey: ObjectIdentifier(channel)) != nil else { return }
        metrics.refused(.late)
        channel.abort()
    }

    /// Its time to say who it is has ended, one way or the other.
    func isIdentified(_ channel: any Channel) {
        unidentified.removeValue(forKey: ObjectIdentifier(channel))?.end.cancel()
    }

    private func welcomePeer(_ channel: any Channel) throws {
        try channel.pipeline.syncOperations.addHandlers([
            NIOSSLServerHandler(context: certificates.serving),
            ByteToMessageHandler(FrameDecoder(limit: PeerLimits.frameBytes)),
            Introduction(metrics: metrics) { peer, use, channel in
                try self.assumeIsolated { try $0.judge(peer, use, channel) }
            },
        ])
    }

    /// Takes on a connection whose certificate is this cluster's authority's, or says why not.
    private func judge(_ peer: PeerIdentity, _ use: PeerCertificates.Use?, _ channel: any Channel) throws
        -> PeerMetrics.Refusal?
    {
        guard let events, !isStopped, peer.cluster == identity.cluster else { return .cluster }
        // Two nodes of one identity: a folder was copied.
        guard peer.node != identity.node else { return .node }
        guard events.admits(peer.node) else {
            if events.hasRemoved(peer.node) { channel.writeAndFlush(ByteBuffer.frame(Farewell.removed), promise: nil) }
            return .member
        }
        switch use {
        case .link: try takeLink(peer.node, channel, events)
        case .file: try takeFile(peer.node, channel)
        case .join, nil: return .use
        }
        isIdentified(channel)
        return nil
    }

    private func takeLink(_ node: NodeID, _ channel: any Channel, _ events: any PeerEvents) throws {
        let pipeline = channel.pipeline.syncOperations
        let frames = try pipeline.handler(type: ByteToMessageHandler<FrameDecoder>.self)
        try pipeline.addHandler(Pulse(limits: limits), position: .before(frames))
        try pipeline.addHandler(IncomingLink(from: node, switchboard: self, events: events, metrics: metrics))
        // A peer that dials anew has lost the old connection, even if this side has not noticed yet.
        if let old = incoming[node] { endIncoming(old, of: node) }
        incoming[node] = channel
        channel.writeAndFlush(ByteBuffer.frame([]), promise: nil)
    }

    /// Nothing more is taken from this connection.
    func endIncoming(_ channel: any Channel, of node: NodeID) {
        if incoming[node] === channel { incoming[node] = nil }
        if let link = try? channel.pipeline.syncOperations.handler(type: IncomingLink.self) {
            link.end(channel)
        } else {
            channel.abort()
        }
    }

    func incomingIsDown(from node: NodeID, _ channel: any Channel) {
        if incoming[node] === channel { incoming[node] = nil }
    }
}
