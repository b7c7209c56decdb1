import NIOCore
import NIOHTTP1

/// One connection to a stub: collects a request, then does as the script says.
final class StubConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let script: StubScript
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(script: StubScript) { self.script = script }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let buffer): body += buffer.readableBytesView
        case .end:
            guard let head else { return }
            let request = StubRequest(
                method: head.method.rawValue, target: head.uri,
                headers: Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first },
                body: String(decoding: body, as: UTF8.self))
            respond(script.answer(to: request), context: context)
        }
    }

    private func respond(_ answer: StubAnswer, context: ChannelHandlerContext) {
        switch answer {
        case .lost: context.close(promise: nil)
        case .json(let status, let body, let headers):
            let fields = [("content-length", "\(body.utf8.count)")] + headers.map { ($0.key, $0.value) }
            let head = HTTPResponseHead(
                version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: HTTPHeaders(fields))
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
