import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Node
import Synchronization

/// A connection to a peer's port that says whatever a test wants.
struct RawPeer {
    /// How it presents itself.
    struct Appearance {
        /// `nil` shows no certificate.
        var certificate: NodeCertificate?
        /// What it agrees to speak.
        var use = "dmcheck-link/1"
        /// What it asks for.
        var name: String?
    }

    let channel: any Channel
    private let received: Received

    /// What has come, shared with the handler that takes it.
    private final class Received: Sendable {
        let bytes = Mutex<[UInt8]>([])
        let (changes, change) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    static func open(port: Int, _ appearance: Appearance) async throws -> RawPeer {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv13
        tls.certificateVerification = .none
        tls.applicationProtocols = [appearance.use]
        if let (certificate, key) = try appearance.certificate?.forTLS() {
            tls.certificateChain = [.certificate(certificate)]
            tls.privateKey = .privateKey(key)
        }
        let context = try NIOSSLContext(configuration: tls)
        let received = Received()
        let name = appearance.name
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        try NIOSSLClientHandler(context: context, serverHostname: name), Receiver(received),
                    ])
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return RawPeer(channel: channel, received: received)
    }

    func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

    /// Sends bytes past TLS, as whoever meddles with the connection would.
    func forge(_ bytes: [UInt8]) async throws {
        let channel = channel
        try await channel.eventLoop.flatSubmit {
            do {
                let tls = try channel.pipeline.syncOperations.context(handlerType: NIOSSLClientHandler.self)
                return tls.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)))
            } catch {
                return channel.eventLoop.makeFailedFuture(error)
            }
        }.get()
    }

    /// Waits for the other side to have said exactly this.
    func heard(_ wanted: [UInt8]) async {
        for await _ in received.changes where received.bytes.withLock({ $0 == wanted }) { return }
    }

    /// Waits for the other side to close.
    ///
    /// - Returns: what it said.
    func closed() async throws -> [UInt8] {
        try await channel.closeFuture.get()
        return received.bytes.withLock { $0 }
    }

    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let received: Received

        init(_ received: Received) { self.received = received }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received.bytes.withLock { $0 += Array(unwrapInboundIn(data).readableBytesView) }
            received.change.yield()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
