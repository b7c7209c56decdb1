import NIOCore

/// A connection for the calls around a measurement: one at a time, each waited for.
struct OperatorConnection: Sendable {
    enum Failure: Error, CustomStringConvertible {
        case closed
        case silent
        case refused(String, HTTPResponse)

        var description: String {
            switch self {
            case .closed: "the node closed the connection"
            case .silent: "the node did not answer in time"
            case .refused(let call, let response):
                "\(call) was answered \(response.status): \(response.text.prefix(300))"
            }
        }
    }

    private let endpoint: Endpoint
    private let channel: any Channel
    private let token: String?

    init(_ endpoint: Endpoint, token: String?) async throws {
        self.endpoint = endpoint
        self.token = token
        channel = try await endpoint.connect { Exchange() }
    }

    /// Sends a request and waits for the answer, for so long. Throws unless its status is among the expected ones.
    @discardableResult
    func call(
        _ method: String, _ path: String, type: String = "application/json", body: [UInt8] = [],
        expecting: Set<Int> = [200], patience: TimeAmount? = nil
    ) async throws -> HTTPResponse {
        let answer = channel.eventLoop.makePromise(of: HTTPResponse.self)
        let silence = patience.map { channel.eventLoop.scheduleTask(in: $0) { answer.fail(Failure.silent) } }
        defer { silence?.cancel() }
        let request = endpoint.request(method, path, token: token, type: type, body: body)
        channel.writeAndFlush(Exchange.Call(request: request, answer: answer), promise: nil)
        // A connection that closed before the write reached its handler fails the promise there.
        channel.closeFuture.whenComplete { _ in answer.fail(Failure.closed) }
        let response = try await answer.futureResult.get()
        guard expecting.contains(response.status) else { throw Failure.refused("\(method) \(path)", response) }
        return response
    }

    /// Closes without waiting for the other side, which may be the reason.
    func abandon() { channel.close(promise: nil) }

    func close() async {
        try? await channel.close()
    }
}

/// Sends requests and hands each response to the call that it answers, in order.
private final class Exchange: ChannelDuplexHandler {
    struct Call: Sendable {
        let request: ByteBuffer
        let answer: EventLoopPromise<HTTPResponse>
    }

    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Call
    typealias OutboundOut = ByteBuffer

    private var parser = ResponseParser()
    private var waiting: CircularBuffer<EventLoopPromise<HTTPResponse>> = []

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let call = unwrapOutboundIn(data)
        waiting.append(call.answer)
        context.write(wrapOutboundOut(call.request), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        do {
            try parser.append(&bytes)
            while let response = try parser.next() {
                waiting.popFirst()?.succeed(response)
            }
        } catch {
            errorCaught(context: context, error: error)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        while let call = waiting.popFirst() { call.fail(error) }
        context.close(promise: nil)
    }
}
