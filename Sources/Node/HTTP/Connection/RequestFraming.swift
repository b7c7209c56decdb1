import NIOHTTP1

/// What a head must be beyond what the decoder checks: there must be only one way to read it (RFC 9112, 6.3 and 3.2).
///
/// The decoder refuses `Content-Length` beside `Transfer-Encoding`, two lengths, bad chunks and folded fields by itself.
enum RequestFraming {
    /// - Returns: why the head is ambiguous, or `nil`.
    static func objection(to head: HTTPRequestHead) -> String? {
        guard head.version == .http1_1 || head.version == .http1_0 else {
            return "The version must be HTTP/1.1 or HTTP/1.0."
        }
        let codings = head.headers["Transfer-Encoding"]
        if !codings.isEmpty {
            guard head.version == .http1_1 else { return "HTTP/1.0 knows no Transfer-Encoding." }
            guard codings.count == 1, codings[0].lowercased() == "chunked" else {
                return "The only Transfer-Encoding understood is a single chunked."
            }
            guard !head.headers.contains(name: "Content-Length") else {
                return "There is both a Content-Length and a Transfer-Encoding."
            }
        }
        let lengths = head.headers["Content-Length"]
        guard lengths.count <= 1 else { return "There is more than one Content-Length." }
        if let length = lengths.first {
            guard (1...18).contains(length.utf8.count), length.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else {
                return "The Content-Length is not a number."
            }
        }
        let hosts = head.headers["Host"]
        guard hosts.count <= 1, hosts.count == 1 || head.version == .http1_0 else {
            return "There must be exactly one Host."
        }
        if let host = hosts.first, host.utf8.contains(where: { $0 <= 0x20 || $0 == 0x2F || $0 == 0x40 || $0 >= 0x7F }) {
            return "The Host is not a host."
        }
        return targetObjection(head)
    }

    private static func targetObjection(_ head: HTTPRequestHead) -> String? {
        guard head.uri.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
            return "The request target holds a character that must be percent-encoded."
        }
        switch head.method {
        case .CONNECT: return "This is not a proxy."
        case .OPTIONS where head.uri == "*": return nil
        default:
            return head.uri.hasPrefix("/") || head.uri.hasPrefix("http://") || head.uri.hasPrefix("https://")
                ? nil : "The request target must be a path."
        }
    }

    /// Whether the connection ends after this request: it says so, or what would follow is not HTTP/1.1.
    static func isLast(_ head: HTTPRequestHead) -> Bool {
        head.version == .http1_0 || !head.isKeepAlive || head.headers.contains(name: "Upgrade")
    }
}
