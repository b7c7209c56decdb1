import Logging
import Metrics
import NIOCore
import NIOPosix

typealias DatagramQueue = BoundedQueue<(bytes: [UInt8], address: HostPort)>

extension Switchboard {
    /// When a socket that failed is bound again.
    private static let rebindDelay = TimeAmount.milliseconds(100)

    /// Binds the UDP socket, again and again should it fail later.
    func bindDatagrams(_ address: HostPort) -> EventLoopFuture<Void> {
        guard let events else { return loop.makeSucceededVoidFuture() }
        let metrics = metrics
        return DatagramBootstrap(group: loop)
            .channelOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: DatagramReceiver.bufferBytes)
            )
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DatagramReceiver(events: events, metrics: metrics))
                }
            }
            .bind(host: address.host, port: address.port)
            .map { channel in self.assumeIsolated { $0.datagramsBound(channel, address) } }
    }

    private func datagramsBound(_ channel: any Channel, _ address: HostPort) {
        guard !isStopped else { return channel.close(promise: nil) }
        datagrams = channel
        channel.closeFuture.whenComplete { _ in self.assumeIsolated { $0.datagramsClosed(address) } }
    }

    /// A write that the system refuses (no route, a packet filter) costs the whole socket, and gossip must outlive that.
    private func datagramsClosed(_ address: HostPort) {
        datagrams = nil
        guard !isStopped else { return }
        logger.warning("the UDP socket failed; binding it again", metadata: ["address": "\(address)"])
        rebind(address)
    }

    private func rebind(_ address: HostPort) {
        loop.scheduleTask(in: Self.rebindDelay) {
            self.assumeIsolated { switchboard in
                guard !switchboard.isStopped else { return }
                switchboard.bindDatagrams(address).whenFailure { _ in self.assumeIsolated { $0.rebind(address) } }
            }
        }
    }

    /// Sends all that waits: one flush for all that came in one turn of the loop.
    func drainDatagrams() {
        while true {
            let batch = outbox.take(bytes: PeerLimits.batchBytes)
            if batch.isEmpty { break }
            for (bytes, host) in batch { send(bytes, to: host) }
        }
        datagrams?.flush()
    }

    private func send(_ bytes: [UInt8], to host: HostPort) {
        switch hosts.route(bytes, to: host, at: .now()) {
        case .send(let address): write(bytes, to: address)
        case .sendAndResolve(let address):
            write(bytes, to: address)
            resolve(host)
        case .resolve: resolve(host)
        case .wait: break
        case .full: metrics.droppedDatagrams(.full)
        }
    }

    private func write(_ bytes: [UInt8], to address: SocketAddress) {
        guard let channel = datagrams, let family = channel.localAddress?.protocol,
            let reached = address.reached(from: family)
        else { return metrics.droppedDatagrams(.unreachable) }
        guard channel.isWritable else { return metrics.droppedDatagrams(.full) }
        metrics.datagramsOut.increment()
        channel.write(AddressedEnvelope(remoteAddress: reached, data: ByteBuffer(bytes: bytes)), promise: nil)
    }

    private func resolve(_ host: HostPort) {
        guard let family = datagrams?.localAddress?.protocol else {
            return metrics.droppedDatagrams(.unreachable, hosts.found(nil, for: host, at: .now()).count)
        }
        NIOThreadPool.singleton.runIfActive(eventLoop: loop) { HostCache.resolve(host, family) }
            .whenComplete { result in self.assumeIsolated { $0.resolved(host, try? result.get()) } }
    }

    private func resolved(_ host: HostPort, _ address: SocketAddress?) {
        let waited = hosts.found(address, for: host, at: .now())
        guard let address else { return metrics.droppedDatagrams(.unreachable, waited.count) }
        for bytes in waited { write(bytes, to: address) }
        datagrams?.flush()
    }
}
