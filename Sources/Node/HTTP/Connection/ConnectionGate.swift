import NIOCore

/// Stands between TLS and the HTTP decoder. It tells when bytes of a request begin to arrive, and it is the way out for
/// a last answer: after it, output is closed, what still arrives is dropped for a moment, and then the connection goes.
///
/// Closing at once would lose the answer: a socket closed with unread input is reset, and a reset discards what the
/// peer has not read yet.
final class ConnectionGate: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        case open
        case lingering(closing: EventLoopPromise<Void>)
        case closed
    }

    private let linger: TimeAmount
    private var state = State.open
    private var context: ChannelHandlerContext?
    /// Called before each batch of bytes is handed to the decoder.
    var bytesArrive: (() -> Void)?
    /// Called when the server shuts down gracefully; the handlers above never hear of it.
    var quiesces: (() -> Void)?

    init(linger: TimeAmount) {
        self.linger = linger
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        bytesArrive = nil
        quiesces = nil
        self.context = nil
        if case .lingering(let closing) = state { closing.succeed() }
        state = .closed
    }

    /// Whether nothing is handed on or taken any more.
    var isFinished: Bool {
        if case .open = state { false } else { true }
    }

    /// Ends the connection after an answer that is not an HTTP part to the encoder.
    func finish(answering bytes: [UInt8]) {
        guard let context, case .open = state else { return }
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
        finish()
    }

    /// Ends the connection after everything that was written before.
    func finish() {
        guard let context, case .open = state else { return }
        state = .lingering(closing: context.eventLoop.makePromise())
        context.flush()
        context.close(mode: .output, promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: linger) { self.closeNow() }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .open = state else { return }
        bytesArrive?()
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard case .open = state else { return context.read() }
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent { quiesces?() }
        if isFinished, let event = event as? ChannelEvent, event == .inputClosed { return closeNow() }
        context.fireUserInboundEventTriggered(event)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch (state, mode) {
        case (.open, .output):
            finish()
            promise?.succeed()
        case (.lingering(let closing), .all):
            if let promise { closing.futureResult.cascade(to: promise) }
        case (.lingering, .output): promise?.succeed()
        case (.open, _), (.lingering, .input), (.closed, _): context.close(mode: mode, promise: promise)
        }
    }

    private func closeNow() {
        guard let context, case .lingering(let closing) = state else { return }
        state = .closed
        context.close(mode: .all, promise: nil)
        closing.succeed()
    }
}
