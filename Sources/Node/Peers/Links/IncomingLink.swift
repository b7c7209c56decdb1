import HashRing
import Metrics
import NIOCore

/// This side of a connection that a peer dialled: hands its frames on.
final class IncomingLink: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let node: NodeID
    private let switchboard: Switchboard
    private let events: any PeerEvents
    private let metrics: PeerMetrics
    /// Nothing is handed on any more: a newer connection of the peer has taken over, or this one has failed.
    private var isOver = false

    init(from node: NodeID, switchboard: Switchboard, events: any PeerEvents, metrics: PeerMetrics) {
        self.node = node
        self.switchboard = switchboard
        self.events = events
        self.metrics = metrics
    }

    /// Ends it at once; what has come and was not handed on yet is lost, as it is when a connection breaks.
    func end(_ channel: any Channel) {
        isOver = true
        channel.abort()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        // An empty one is a sign of life.
        guard frame.readableBytes > 0, !isOver else { return }
        metrics.framesIn.increment()
        metrics.bytesIn.increment(by: frame.readableBytes)
        events.received(Array(frame.readableBytesView), from: node)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if !isOver { metrics.refused(error) }
        end(context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        let (node, channel) = (node, context.channel)
        switchboard.assumeIsolated { $0.incomingIsDown(from: node, channel) }
        context.fireChannelInactive()
    }
}
