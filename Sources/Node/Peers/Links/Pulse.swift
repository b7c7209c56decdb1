import NIOCore

/// Keeps a link alive and notices when the other side is not: says something every ``PeerLimits/ping`` (an empty frame) and
/// closes the connection when nothing has come for ``PeerLimits/silence``, as when a cable is cut or the peer is paused.
///
/// Sits between TLS and the frames and counts bytes, so that a large frame on a slow line is a sign of life too. Silence is
/// counted in beats of this loop rather than by the clock: after a pause of this node's own, what has come meanwhile is read
/// before anything is judged.
final class Pulse: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Beats in the silence that is allowed; more of them notice it sooner.
    private static let beatsPerSilence = 6

    private let limits: PeerLimits
    private var beat: Scheduled<Void>?
    private var silentBeats = 0
    private var sincePing = TimeAmount.zero

    init(limits: PeerLimits) {
        self.limits = limits
    }

    func handlerAdded(context: ChannelHandlerContext) {
        wait(context)
    }

    private func wait(_ context: ChannelHandlerContext) {
        let interval = TimeAmount.nanoseconds(limits.silence.nanoseconds / Int64(Self.beatsPerSilence))
        beat = context.eventLoop.assumeIsolated().scheduleTask(in: interval) { self.passed(interval, context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    private func stop() {
        beat?.cancel()
        beat = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        silentBeats = 0
        context.fireChannelRead(data)
    }

    private func passed(_ interval: TimeAmount, _ context: ChannelHandlerContext) {
        // Cancelled in the turn in which it was due.
        guard beat != nil else { return }
        silentBeats += 1
        wait(context)
        guard silentBeats <= Self.beatsPerSilence else {
            stop()
            return context.channel.abort()
        }
        sincePing = sincePing + interval
        guard sincePing >= limits.ping else { return }
        sincePing = .zero
        // With bytes waiting to leave, one more would say nothing.
        if context.channel.isWritable { context.writeAndFlush(wrapOutboundOut(.frame([])), promise: nil) }
    }
}
