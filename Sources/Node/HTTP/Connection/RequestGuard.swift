import NIOCore
import NIOHTTP1

/// Watches one connection at the level of HTTP parts, after NIO's pipelining handler, so that it sees one request at a
/// time: refuses ambiguous heads, keeps the deadlines of the Interface article, answers what the decoder could not read,
/// and decides when the connection ends. Hummingbird's middleware comes too late for all of these.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    enum Phase: Equatable {
        /// Between two requests.
        case idle
        /// Bytes of a head have come, or the first request of the connection is awaited.
        case head(isFirst: Bool)
        case body(isStream: Bool)
        /// The request is complete, the answer is not.
        case answering
        /// The last answer has been written.
        case ended
    }

    let limits: HTTPLimits
    let node: String
    let gate: ConnectionGate
    let isStream: @Sendable (HTTPRequestHead) -> Bool
    private let presence: PeerPresence
    var phase = Phase.head(isFirst: true)
    private(set) var timer: ConnectionTimer?
    private var unreadTimer: ConnectionTimer?
    /// Whether a read has been asked for and nothing has come: only then a pause is the peer's.
    var awaitsBytes = false
    private var head: HTTPRequestHead?
    private var isLastRequest = false
    private var answerBegun = false

    init(
        limits: HTTPLimits, node: String, gate: ConnectionGate, presence: PeerPresence,
        isStream: @escaping @Sendable (HTTPRequestHead) -> Bool
    ) {
        self.limits = limits
        self.node = node
        self.gate = gate
        self.presence = presence
        self.isStream = isStream
    }

    func handlerAdded(context: ChannelHandlerContext) {
        gate.bytesArrive = { [weak self] in self?.bytesArrive() }
        gate.quiesces = { [presence] in presence.end() }
        timer = ConnectionTimer(on: context.eventLoop) { [weak self] in self?.deadlinePassed(context: context) }
        unreadTimer = ConnectionTimer(on: context.eventLoop) { context.close(promise: nil) }
        timer?.set(in: limits.head)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stopWatching()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopWatching()
        context.fireChannelInactive()
    }

    private func stopWatching() {
        presence.end()
        phase = .ended
        timer?.cancel()
        unreadTimer?.cancel()
        timer = nil
        unreadTimer = nil
        gate.bytesArrive = nil
        gate.quiesces = nil
    }

    private func bytesArrive() {
        awaitsBytes = false
        switch phase {
        case .idle:
            phase = .head(isFirst: false)
            timer?.set(in: limits.head)
        case .body(isStream: true): timer?.set(in: limits.body)
        case .head, .body, .answering, .ended: break
        }
    }

    func read(context: ChannelHandlerContext) {
        awaitsBytes = true
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard phase != .ended else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if let objection = RequestFraming.objection(to: head) {
                return refuse(.invalidRequest(objection), context: context)
            }
            self.head = head
            isLastRequest = RequestFraming.isLast(head)
            phase = .body(isStream: isStream(head))
            timer?.set(in: limits.body)
        case .body: break
        case .end:
            phase = .answering
            timer?.clear()
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        guard phase != .ended else { return }
        refuse(
            error == .headerOverflow ? .headersTooLarge : .invalidRequest("The request is not HTTP/1.1: \(error)."),
            context: context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            // Whoever closes its half after a whole request still gets the answer.
            isLastRequest = true
            presence.end()
            if phase != .answering, !answerBegun {
                phase = .ended
                context.close(promise: nil)
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            unreadTimer?.clear()
        } else {
            unreadTimer?.set(in: limits.unread)
        }
        context.fireChannelWritabilityChanged()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard phase != .ended else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let response):
            context.write(wrapOutboundOut(.head(prepared(response))), promise: promise)
        case .body:
            if head?.method == .HEAD {
                promise?.succeed()
            } else {
                context.write(data, promise: promise)
            }
        case .end:
            answerBegun = false
            head = nil
            if isLastRequest {
                phase = .ended
                timer?.clear()
                context.write(data, promise: promise)
                gate.finish()
            } else {
                // Set before the write: it may hand over a request that is already waiting.
                phase = .idle
                timer?.set(in: limits.keepAlive)
                context.write(data, promise: promise)
            }
        }
    }

    private func prepared(_ response: HTTPResponseHead) -> HTTPResponseHead {
        var response = response
        response.headers.replaceOrAdd(name: "X-Dmcheck-Node", value: node)
        guard response.status.code >= 200 else { return response }
        answerBegun = true
        // What is refused before its trace was read begins one.
        if !response.headers.contains(name: "traceparent") {
            response.headers.add(name: "traceparent", value: TraceContext.new().traceparent)
        }
        // An answer before the request's end: the rest would have to be read to find the next request.
        if case .body = phase { isLastRequest = true }
        if response.headers[canonicalForm: "Connection"].contains("close") { isLastRequest = true }
        if head?.method == .HEAD, !response.headers.contains(name: "Content-Length") {
            // The encoder would frame a body in chunks, and there is none.
            response.version = .http1_0
            isLastRequest = true
        }
        if head?.version == .http1_0 { response.version = .http1_0 }
        if isLastRequest { response.headers.replaceOrAdd(name: "Connection", value: "close") }
        return response
    }

    /// Answers outside the encoder and ends the connection; whoever is at work on the request is told so.
    func refuse(_ problem: Problem, context: ChannelHandlerContext) {
        let wasAtWork = head != nil
        let trace = head?.headers.first(name: "traceparent").flatMap(TraceContext.init(traceparent:)) ?? .new()
        phase = .ended
        timer?.clear()
        if answerBegun {
            context.close(promise: nil)
        } else {
            gate.finish(answering: problem.wireBytes(node: node, trace: trace))
        }
        if wasAtWork { context.fireErrorCaught(RequestCutShort()) }
    }
}

/// The rest of this request will not come; the connection has been answered already.
struct RequestCutShort: Error {}
