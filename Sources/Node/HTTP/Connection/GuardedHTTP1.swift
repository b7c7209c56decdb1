import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Hummingbird's HTTP/1.1 connection with ours around its decoder:
///
///     TLS | ConnectionGate | encoder, decoder | HTTPServerPipelineHandler | RequestGuard | Hummingbird
struct GuardedHTTP1: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let http: HTTP1Channel.Value
        let presence: PeerPresence

        var channel: any Channel { http.channel }
    }

    private let base: HTTP1Channel
    private let limits: HTTPLimits
    private let node: String
    private let isStream: @Sendable (HTTPRequestHead) -> Bool

    /// - Parameter isStream: whether the body of a request is a stream, which may last.
    init(
        limits: HTTPLimits, node: String, isStream: @escaping @Sendable (HTTPRequestHead) -> Bool,
        responder: @escaping HTTPChannelHandler.Responder
    ) {
        self.limits = limits
        self.node = node
        self.isStream = isStream
        base = HTTP1Channel(
            responder: responder,
            configuration: .init(
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: HTTPLimits.headFieldBytes, maxHeaderListSize: HTTPLimits.headBytes,
                    maxHeaderFieldCount: HTTPLimits.headFields)))
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let limits = limits
        let node = node
        let isStream = isStream
        let base = base
        return channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(ConnectionGate(linger: limits.linger))
        }.flatMap {
            base.setup(channel: channel, logger: logger)
        }.flatMapThrowing { http in
            let pipeline = channel.pipeline.syncOperations
            let gate = try pipeline.handler(type: ConnectionGate.self)
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let pipelining = HTTPServerPipelineHandler()
            let presence = PeerPresence()
            try pipeline.addHandler(pipelining, position: .after(decoder))
            try pipeline.addHandler(
                RequestGuard(limits: limits, node: node, gate: gate, presence: presence, isStream: isStream),
                position: .after(pipelining))
            return Value(http: http, presence: presence)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await PeerPresence.$current.withValue(value.presence) {
            await base.handle(value: value.http, logger: logger)
        }
    }
}
