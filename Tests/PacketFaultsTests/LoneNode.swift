import NIOCore
import NIOPosix
import PacketFaults

/// The network side of a node, behind a proxy: what comes to it is written into a log that all nodes share.
struct LoneNode: Sendable {
    let number: Int
    private let real: SocketAddress
    private let datagrams: any Channel
    private let listener: any Channel
    private let log: AsyncStream<String>.Continuation

    private static let group = MultiThreadedEventLoopGroup.singleton

    /// Listens at an address of its own, where the proxy finds it.
    init(_ number: Int, behind proxy: PeerProxy, _ log: AsyncStream<String>.Continuation) async throws {
        self.number = number
        self.log = log
        listener = try await ServerBootstrap(group: Self.group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(StreamLog("n\(number)", log))
                }
            }
            .bind(host: "127.77.\(number).2", port: 0).get()
        guard let real = listener.localAddress else { throw ChannelError.unknownLocalAddress }
        self.real = real
        datagrams = try await DatagramBootstrap(group: Self.group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DatagramLog("n\(number)", log))
                }
            }
            .bind(to: real).get()
        try await proxy.admit(number, advertised: advertised(), real: real)
    }

    private func advertised() throws -> SocketAddress {
        try SocketAddress(ipAddress: "127.77.\(number).1", port: real.port ?? 0)
    }

    /// Sends a datagram to where the other is advertised.
    func send(_ text: String, to other: LoneNode) async throws {
        try await datagrams.writeAndFlush(
            AddressedEnvelope(remoteAddress: other.advertised(), data: ByteBuffer(string: text)))
    }

    /// Connects to where the other is advertised. What comes back is in the log too.
    func connect(to other: LoneNode) async throws -> any Channel {
        try await ClientBootstrap(group: Self.group)
            .channelInitializer { [log, number] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(StreamLog("n\(number)", log))
                }
            }
            .connect(to: other.advertised()).get()
    }

    func stop() async throws {
        try await listener.close()
        try await datagrams.close()
    }
}

/// Writes down what comes by TCP, and the end.
private final class StreamLog: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let name: String
    private let log: AsyncStream<String>.Continuation

    init(_ name: String, _ log: AsyncStream<String>.Continuation) {
        self.name = name
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        log.yield("\(name) \(String(buffer: unwrapInboundIn(data)))")
    }

    func channelInactive(context: ChannelHandlerContext) { log.yield("\(name) end") }
}

/// Writes down what comes by UDP and from where.
private final class DatagramLog: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let name: String
    private let log: AsyncStream<String>.Continuation

    init(_ name: String, _ log: AsyncStream<String>.Continuation) {
        self.name = name
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let datagram = unwrapInboundIn(data)
        log.yield("\(name) \(String(buffer: datagram.data)) from \(datagram.remoteAddress.ipAddress ?? "nobody")")
    }
}
