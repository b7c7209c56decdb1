import NIOCore
import NIOPosix

extension PeerProxy {
    func bindDatagrams(for receiver: Int, at address: SocketAddress) async throws -> any Channel {
        try await DatagramBootstrap(group: loop)
            .channelOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: ProxyLimits.datagramBytes)
            )
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DatagramEnd(receiver, self))
                }
            }
            .bind(to: address).get()
    }

    /// A datagram for that node. Who it is from says its source: a node sends from where it listens, and nobody else
    /// sends any.
    func arrived(_ datagram: AddressedEnvelope<ByteBuffer>, for receiver: Int) {
        guard let target = sites[receiver]?.real, let sender = senders[datagram.remoteAddress] else { return }
        let path = Path(sender: sender, receiver: receiver)
        guard !cuts.contains(path) else { return }
        guard diverted.contains(path) else { return send(datagram.data, from: sender, to: target) }
        guard let fate = fates.next(), waitingDatagrams < ProxyLimits.waitingDatagrams else { return }
        var due = NIODeadline.now() + .nanoseconds(Int64(fate.seconds * 1e9))
        if !fate.isOvertaken {
            due = max(due, lastArrivals[path] ?? due)
            lastArrivals[path] = due
        }
        waitingDatagrams += 1
        loop.scheduleTask(deadline: due) {
            self.assumeIsolated { proxy in
                proxy.waitingDatagrams -= 1
                proxy.send(datagram.data, from: sender, to: target)
            }
        }
    }

    /// From the sender's advertised address, where the receiver will answer.
    private func send(_ bytes: ByteBuffer, from sender: Int, to target: SocketAddress) {
        sites[sender]?.datagrams.writeAndFlush(
            AddressedEnvelope(remoteAddress: target, data: bytes), promise: nil)
    }
}

/// The advertised address of a node, for datagrams.
private final class DatagramEnd: ChannelInboundHandler, Sendable {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let receiver: Int
    private let proxy: PeerProxy

    init(_ receiver: Int, _ proxy: PeerProxy) {
        self.receiver = receiver
        self.proxy = proxy
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let datagram = unwrapInboundIn(data)
        proxy.assumeIsolated { $0.arrived(datagram, for: receiver) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A fault of one datagram.
    }
}
