import HashRing
import NIOCore

/// This side of a connection that this node dialled: waits for the welcome, then only listens for signs of life.
///
/// The other side's handshake is over only after this one's, so that a link counts from the first empty frame on: by then
/// the peer has verified this node and admits it.
final class OutgoingLink: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let node: NodeID
    private let dial: UInt64
    private let switchboard: Switchboard
    private let metrics: PeerMetrics
    private var isWelcome = false

    init(to node: NodeID, dial: UInt64, switchboard: Switchboard, metrics: PeerMetrics) {
        self.node = node
        self.dial = dial
        self.switchboard = switchboard
        self.metrics = metrics
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let (node, dial, channel) = (node, dial, context.channel)
        let frame = unwrapInboundIn(data)
        guard frame.readableBytes == 0 else {
            guard !isWelcome, Array(frame.readableBytesView) == Farewell.removed else {
                metrics.refused(.unexpected)
                return channel.abort()
            }
            return switchboard.assumeIsolated { $0.wasRemoved(by: node, dial: dial) }
        }
        guard !isWelcome else { return }
        isWelcome = true
        switchboard.assumeIsolated { $0.linkIsUp(to: node, dial: dial, channel) }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        let node = node
        if context.channel.isWritable { switchboard.assumeIsolated { $0.drain(node) } }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The accepting side sends empty frames only: a longer one is not for this side, and neither is garbage.
        if error is FrameError { metrics.refused(.unexpected) }
        context.channel.abort()
    }

    func channelInactive(context: ChannelHandlerContext) {
        let (node, dial) = (node, dial)
        switchboard.assumeIsolated { $0.linkIsDown(to: node, dial: dial) }
        context.fireChannelInactive()
    }
}
