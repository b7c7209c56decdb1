import NIOCore
import NIOPosix

extension PeerProxy {
    func listen(for receiver: Int, at address: SocketAddress) async throws -> any Channel {
        try await ServerBootstrap(group: loop)
            .serverChannelOption(.backlog, value: ProxyLimits.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let id = self.assumeIsolated { proxy in
                        proxy.accepted += 1
                        return proxy.accepted
                    }
                    try channel.pipeline.syncOperations.addHandler(StreamEnd(id, .near, receiver, self))
                }
            }
            .bind(to: address).get()
    }

    /// A connection for that node. Its peer believes it open, as it would not be across a cut: that nobody answers is all that it
    /// sees of one, a moment later than it would.
    fileprivate func opened(_ id: Int, for receiver: Int, _ channel: any Channel) {
        guard let target = sites[receiver]?.real, let local = channel.remoteAddress, let remote = channel.localAddress
        else { return channel.close(promise: nil) }
        let path = owners.owner(local: local, remote: remote).map { Path(sender: $0, receiver: receiver) }
        relays[id] = Relay(path: path, target: target, near: channel)
        add(.opening, from: .near, of: id)
    }

    /// Something comes from one end.
    fileprivate func add(_ parcel: Lane.Parcel, from side: Relay.Side, of id: Int) {
        guard let path = relays[id]?.path(from: side), diverted.contains(path) else {
            relays[id]?[side].add(parcel, at: .now())
            return pump(id)
        }
        let seconds: Double
        switch parcel {
        case .opening: seconds = fates.next()?.seconds ?? ProxyLimits.firstRetransmission
        case .bytes: seconds = fates.next()?.seconds ?? ProxyLimits.retransmission
        case .end: seconds = 0
        }
        relays[id]?[side].add(parcel, at: .now(), taking: seconds)
        pump(id)
    }

    /// Passes on what may be, and reads where there is room.
    func pump(_ id: Int) {
        for side in Relay.Side.allCases {
            while let relay = relays[id], !isStalled(relay, from: side), relay.takes(from: side),
                let parcel = relays[id]?[side].next(at: .now())
            {
                pass(parcel, from: side, of: id)
            }
            wake(id, side)
            if let relay = relays[id], relay[side].hasRoom { relay.channel(side)?.read() }
        }
        if relays[id]?.isOver == true { relays[id] = nil }
    }

    /// Across a cut nothing goes; against one nothing either, since nothing is acknowledged, but for the news that an end is
    /// closed, for which none is needed.
    private func isStalled(_ relay: Relay, from side: Relay.Side) -> Bool {
        guard let path = relay.path(from: side) else { return false }
        return cuts.contains(path) || cuts.contains(path.reversed) && !relay[side].hasEnded
    }

    private func pass(_ parcel: Lane.Parcel, from side: Relay.Side, of id: Int) {
        guard let relay = relays[id] else { return }
        switch parcel {
        case .opening: dial(relay.target, for: id)
        case .bytes(let bytes): relay.channel(side.other)?.writeAndFlush(bytes, promise: nil)
        case .end:
            // An empty write is done when all before it are: a close would overtake them.
            guard let channel = relay.channel(side.other) else { return }
            channel.writeAndFlush(ByteBuffer()).whenComplete { _ in channel.close(promise: nil) }
        }
    }

    /// Again when the next parcel is due.
    private func wake(_ id: Int, _ side: Relay.Side) {
        guard let lane = relays[id]?[side], let due = lane.due, due > .now(), lane.timer != due else { return }
        relays[id]?[side].timer = due
        loop.scheduleTask(deadline: due) { self.assumeIsolated { $0.pump(id) } }
    }

    private func dial(_ target: SocketAddress, for id: Int) {
        relays[id]?.far = .dialing
        ClientBootstrap(group: loop)
            .connectTimeout(ProxyLimits.dialing)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.autoRead, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(StreamEnd(id, .far, nil, self))
                }
            }
            .connect(to: target)
            .whenComplete { result in self.assumeIsolated { $0.dialed(id, result) } }
    }

    private func dialed(_ id: Int, _ result: Result<any Channel, any Error>) {
        switch result {
        case .success(let channel):
            relays[id]?.far = .open(channel)
            if relays[id] == nil { channel.close(promise: nil) }
        case .failure:
            // Nobody listens there.
            relays[id]?.far = .closed
            relays[id]?.near.close(promise: nil)
        }
        pump(id)
    }
}

/// One end of a connection through the proxy.
private final class StreamEnd: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let id: Int
    private let side: Relay.Side
    /// Whom the connection is for, at the end of who dialled.
    private let receiver: Int?
    private let proxy: PeerProxy

    init(_ id: Int, _ side: Relay.Side, _ receiver: Int?, _ proxy: PeerProxy) {
        self.id = id
        self.side = side
        self.receiver = receiver
        self.proxy = proxy
    }

    func channelActive(context: ChannelHandlerContext) {
        guard let receiver else { return }
        let channel = context.channel
        proxy.assumeIsolated { $0.opened(id, for: receiver, channel) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        proxy.assumeIsolated { $0.add(.bytes(bytes), from: side, of: id) }
    }

    func channelReadComplete(context: ChannelHandlerContext) { proxy.assumeIsolated { $0.pump(id) } }
    func channelWritabilityChanged(context: ChannelHandlerContext) { proxy.assumeIsolated { $0.pump(id) } }
    func channelInactive(context: ChannelHandlerContext) {
        proxy.assumeIsolated { $0.add(.end, from: side, of: id) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
