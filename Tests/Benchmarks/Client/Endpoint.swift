import NIOCore
import NIOPosix
import NIOSSL

/// Where the node is, and how a client proves to itself that it is the node.
struct Endpoint: Sendable {
    let host: String
    let port: Int
    let tls: NIOSSLContext
    let group: any EventLoopGroup

    init(host: String, port: Int, authority: String, group: any EventLoopGroup) throws {
        self.host = host
        self.port = port
        self.group = group
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(authority)
        configuration.minimumTLSVersion = .tlsv13
        tls = try NIOSSLContext(configuration: configuration)
    }

    /// Opens a TLS connection whose last handler is the given one.
    func connect(_ handler: @escaping @Sendable () -> any ChannelHandler) async throws -> any Channel {
        let tls = tls
        return try await ClientBootstrap(group: group)
            .connectTimeout(.seconds(5))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        try NIOSSLClientHandler(context: tls, serverHostname: nil), handler(),
                    ])
                }
            }
            .connect(host: host, port: port).get()
    }

    /// The bytes of a request. The token is the whole `ID.SECRET`.
    func request(
        _ method: String, _ path: String, token: String?, type: String = "application/json", body: [UInt8] = []
    )
        -> ByteBuffer
    {
        var buffer = ByteBuffer()
        buffer.writeString("\(method) \(path) HTTP/1.1\r\nHost: \(host):\(port)\r\n")
        if let token { buffer.writeString("Authorization: Bearer \(token)\r\n") }
        if !body.isEmpty { buffer.writeString("Content-Type: \(type)\r\n") }
        buffer.writeString("Content-Length: \(body.count)\r\n\r\n")
        buffer.writeBytes(body)
        return buffer
    }
}
