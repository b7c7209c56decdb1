import NIOCore

/// The serving side of a join link: one request, one answer, and the end.
final class JoinLink: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let metrics: PeerMetrics
    private let asked: (any Channel, [UInt8]) -> Void
    private var hasAsked = false

    /// - Parameter asked: called with the request; whoever answers closes the connection.
    init(metrics: PeerMetrics, asked: @escaping (any Channel, [UInt8]) -> Void) {
        self.metrics = metrics
        self.asked = asked
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasAsked else {
            metrics.refused(.unexpected)
            return context.channel.abort()
        }
        hasAsked = true
        asked(context.channel, Array(unwrapInboundIn(data).readableBytesView))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        metrics.refused(error)
        context.channel.abort()
    }
}
