import NIOCore

/// An HTTP/1.1 response, as far as a measurement needs it.
struct HTTPResponse: Sendable {
    let status: Int
    var body: ByteBuffer

    var text: String {
        String(buffer: body)
    }
}

/// Cuts the bytes of a connection into responses: those with a length, those in chunks, and those without a body.
///
/// It is lean on purpose: the client shares two cores with the node that it measures.
struct ResponseParser {
    enum Failure: Error {
        case malformedHead, malformedChunk, tooLarge
    }

    private struct Head {
        let status: Int
        let length: Int?
    }

    private var buffer = ByteBuffer()
    private var head: Head?
    private var chunks = ByteBuffer()

    mutating func append(_ bytes: inout ByteBuffer) throws(Failure) {
        if buffer.readableBytes == 0 {
            buffer = bytes
            bytes.moveReaderIndex(to: bytes.writerIndex)
        } else {
            buffer.writeBuffer(&bytes)
        }
        guard buffer.readableBytes <= Limits.responseBytes else { throw .tooLarge }
    }

    /// The next whole response; nil if more bytes are needed.
    mutating func next() throws(Failure) -> HTTPResponse? {
        while true {
            guard let head else {
                guard let parsed = try parseHead() else { return nil }
                // 100 Continue and the like announce another head.
                if parsed.status >= 200 { self.head = parsed }
                continue
            }
            let body: ByteBuffer
            if let length = head.length {
                guard let slice = buffer.readSlice(length: length) else { return nil }
                body = slice
            } else {
                guard let whole = try parseChunks() else { return nil }
                body = whole
            }
            self.head = nil
            return HTTPResponse(status: head.status, body: body)
        }
    }

    /// Status and framing; the other fields say nothing that is measured.
    private mutating func parseHead() throws(Failure) -> Head? {
        let view = buffer.readableBytesView
        guard let end = Self.endOfHead(view) else { return nil }
        let text = String(decoding: view[view.startIndex..<end], as: UTF8.self)
        buffer.moveReaderIndex(forwardBy: end - view.startIndex + 4)
        let lines = text.split(separator: "\r\n")
        guard let first = lines.first, first.hasPrefix("HTTP/1.1 "), let status = Int(first.dropFirst(9).prefix(3))
        else {
            throw .malformedHead
        }
        var length: Int? = status == 204 || status == 304 || status < 200 ? 0 : nil
        var chunked = false
        for line in lines.dropFirst() {
            if let value = Self.value(of: "content-length", in: line) {
                length = Int(value)
            } else if Self.value(of: "transfer-encoding", in: line)?.lowercased() == "chunked" {
                chunked = true
            }
        }
        guard length != nil || chunked else { throw .malformedHead }
        return Head(status: status, length: chunked ? nil : length)
    }

    /// Where the empty line begins; ABNF `CRLF CRLF` of RFC 9112, section 2.1.
    private static func endOfHead(_ view: ByteBufferView) -> Int? {
        view.withUnsafeBytes { bytes in
            var index = 0
            while index + 3 < bytes.count {
                if bytes[index] == 13, bytes[index + 1] == 10, bytes[index + 2] == 13, bytes[index + 3] == 10 {
                    return view.startIndex + index
                }
                index += 1
            }
            return nil
        }
    }

    private static func value(of name: String, in line: Substring) -> Substring? {
        guard line.utf8.count > name.utf8.count, line.prefix(name.count).lowercased() == name,
            let colon = line.firstIndex(of: ":")
        else { return nil }
        return line[line.index(after: colon)...].drop { $0 == " " }
    }

    /// Chunks up to the last one, of length 0; trailers are not expected.
    private mutating func parseChunks() throws(Failure) -> ByteBuffer? {
        while true {
            let view = buffer.readableBytesView
            guard let lineEnd = view.firstIndex(of: 10) else { return nil }
            let digits = String(decoding: view[view.startIndex..<lineEnd], as: UTF8.self)
                .prefix { $0.isHexDigit }
            guard let length = Int(digits, radix: 16), length <= Limits.responseBytes else { throw .malformedChunk }
            let lineBytes = lineEnd - view.startIndex + 1
            guard view.count >= lineBytes + length + 2 else { return nil }
            buffer.moveReaderIndex(forwardBy: lineBytes)
            if var chunk = buffer.readSlice(length: length) { chunks.writeBuffer(&chunk) }
            buffer.moveReaderIndex(forwardBy: 2)
            if length == 0 {
                let whole = chunks
                chunks = ByteBuffer()
                return whole
            }
        }
    }
}
