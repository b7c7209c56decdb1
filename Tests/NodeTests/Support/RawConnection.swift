import NIOCore
import NIOPosix

/// A connection on which any bytes can be sent, and what comes back is read as HTTP/1.1 answers.
struct RawConnection {
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var received = ByteBuffer()

    /// Connects, runs `body` and closes.
    static func open<Value: Sendable>(
        port: Int, _ body: (inout RawConnection) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var connection = RawConnection(outbound: outbound, iterator: inbound.makeAsyncIterator())
            return try await body(&connection)
        }
    }

    func send(_ bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    /// Closes this side; answers can still be read.
    func finishSending() { outbound.finish() }

    /// The next answer, or `nil` when the server closes instead.
    ///
    /// - Parameters:
    ///   - toHead: the request was `HEAD`, so that no body follows whatever the fields say.
    ///   - interim: whether `100 Continue` counts as one.
    mutating func answer(toHead: Bool = false, interim: Bool = false) async throws -> RawAnswer? {
        while true {
            if let (answer, length) = RawAnswer.parse(received.readableBytesView, toHead: toHead, isAtEnd: false) {
                received.moveReaderIndex(forwardBy: length)
                if answer.status == 100, !interim { continue }
                return answer
            }
            guard let more = try? await iterator.next() else {
                let rest = RawAnswer.parse(received.readableBytesView, toHead: toHead, isAtEnd: true)
                received.clear()
                return rest?.0
            }
            received.writeImmutableBuffer(more)
        }
    }

    /// Whether the server closes without sending anything more.
    mutating func isClosed() async throws -> Bool {
        guard received.readableBytes == 0 else { return false }
        while let more = try? await iterator.next() {
            if more.readableBytes > 0 { return false }
        }
        return true
    }
}

/// An answer as it came over the wire.
struct RawAnswer: Sendable {
    var status: Int
    var headers: [(name: String, value: String)]
    var body: [UInt8]

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }
    var closes: Bool { header("Connection")?.lowercased() == "close" }

    /// The first answer in the bytes with its length; `nil` as long as it is not complete.
    static func parse(_ bytes: ByteBufferView, toHead: Bool, isAtEnd: Bool) -> (RawAnswer, Int)? {
        let all = Array(bytes)
        guard let end = all.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: all[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let parts = lines.first?.split(separator: " ", maxSplits: 2) ?? []
        guard parts.count >= 2, let status = Int(parts[1]) else { return nil }
        let headers = lines.dropFirst().map { line in
            let sides = line.split(separator: ":", maxSplits: 1)
            return (String(sides[0]), sides.count > 1 ? String(sides[1].drop { $0 == " " }) : "")
        }
        var answer = RawAnswer(status: status, headers: headers, body: [])
        let rest = all[end.upperBound...]
        if toHead || status == 204 || status < 200 { return (answer, end.upperBound) }
        if answer.header("Transfer-Encoding") == "chunked" {
            return unchunked(rest).map { body, length in
                answer.body = body
                return (answer, end.upperBound + length)
            }
        }
        if let length = answer.header("Content-Length").flatMap({ Int($0) }) {
            guard rest.count >= length else { return nil }
            answer.body = Array(rest.prefix(length))
            return (answer, end.upperBound + length)
        }
        guard isAtEnd else { return nil }
        answer.body = Array(rest)
        return (answer, all.count)
    }

    private static func unchunked(_ bytes: ArraySlice<UInt8>) -> ([UInt8], Int)? {
        var rest = bytes
        var body: [UInt8] = []
        while let line = rest.firstRange(of: Array("\r\n".utf8)) {
            guard let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16),
                rest.count >= line.upperBound - rest.startIndex + size + 2
            else { return nil }
            body += rest[line.upperBound..<line.upperBound + size]
            rest = rest[(line.upperBound + size + 2)...]
            if size == 0 { return (body, rest.startIndex - bytes.startIndex) }
        }
        return nil
    }
}
