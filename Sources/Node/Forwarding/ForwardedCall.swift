/// A client's call as one node passes it on to another: the request as it came, nothing of it interpreted.
package struct ForwardedCall: Sendable, Equatable {
    package var method: String
    /// With its query.
    package var path: String
    /// The headers that mean something to a route.
    package var headers: [(name: String, value: String)]
    /// Where it came from, for the log.
    package var peer: String
    package var body: [UInt8]

    package init(
        method: String, path: String, headers: [(name: String, value: String)], peer: String, body: [UInt8]
    ) {
        self.method = method
        self.path = path
        self.headers = headers
        self.peer = peer
        self.body = body
    }

    package static func == (left: ForwardedCall, right: ForwardedCall) -> Bool { left.encoded() == right.encoded() }
}

/// What the other node answered.
package enum ForwardedAnswer: Sendable {
    case answered(status: Int, headers: [(name: String, value: String)], contentType: String?, body: [UInt8])
    /// It does not lead what the call is about, or the call did not even leave: it was not carried out.
    case elsewhere
    /// No answer came: nobody knows what became of the call.
    case lost
    /// No answer came, and nothing else either, for as long as a caller should wait.
    case silent
}

/// Names a call under way between two nodes, by the one that passed it on.
package struct CallNumber: Hashable, Sendable {
    let rawValue: UInt64

    package var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: rawValue >> (56 - 8 * $0)) } }

    /// Takes a number off the front.
    package static func take(from bytes: [UInt8]) -> (CallNumber, rest: [UInt8])? {
        guard bytes.count >= 8 else { return nil }
        return (CallNumber(rawValue: bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }), Array(bytes.dropFirst(8)))
    }
}

extension ForwardedCall {
    package func encoded() -> [UInt8] {
        var parts = PartWriter()
        parts.put(method)
        parts.put(path)
        parts.put(peer)
        parts.put(headers)
        parts.bytes += body
        return parts.bytes
    }

    /// `nil` for what no node sends.
    package init?(encoded bytes: [UInt8]) {
        var parts = PartReader(rest: bytes[...])
        guard let method = parts.text(), let path = parts.text(), let peer = parts.text(), let headers = parts.pairs()
        else { return nil }
        self.init(method: method, path: path, headers: headers, peer: peer, body: Array(parts.rest))
    }
}

extension ForwardedAnswer {
    private static let elsewhereCode: UInt8 = 1
    private static let answeredCode: UInt8 = 2

    package func encoded() -> [UInt8] {
        switch self {
        case .elsewhere, .lost, .silent: return [Self.elsewhereCode]
        case .answered(let status, let headers, let contentType, let body):
            var parts = PartWriter(bytes: [Self.answeredCode, UInt8(status >> 8 & 255), UInt8(status & 255)])
            parts.put(contentType ?? "")
            parts.put(headers)
            parts.bytes += body
            return parts.bytes
        }
    }

    /// `nil` for what no node sends.
    package init?(encoded bytes: [UInt8]) {
        guard let code = bytes.first else { return nil }
        if code == Self.elsewhereCode {
            guard bytes.count == 1 else { return nil }
            self = .elsewhere
            return
        }
        guard code == Self.answeredCode, bytes.count >= 3 else { return nil }
        let status = Int(bytes[1]) << 8 | Int(bytes[2])
        var parts = PartReader(rest: bytes[3...])
        guard (200...599).contains(status), let contentType = parts.text(), let headers = parts.pairs() else {
            return nil
        }
        self = .answered(
            status: status, headers: headers, contentType: contentType.isEmpty ? nil : contentType,
            body: Array(parts.rest))
    }
}

/// Texts with their lengths in front.
private struct PartWriter {
    var bytes: [UInt8] = []

    mutating func put(_ text: String) {
        let utf8 = Array(text.utf8)
        for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: utf8.count >> shift)) }
        bytes += utf8
    }

    mutating func put(_ pairs: [(name: String, value: String)]) {
        bytes.append(UInt8(min(pairs.count, 255)))
        for pair in pairs.prefix(255) {
            put(pair.name)
            put(pair.value)
        }
    }
}

private struct PartReader {
    var rest: ArraySlice<UInt8>

    mutating func text() -> String? {
        guard rest.count >= 4 else { return nil }
        let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard rest.count - 4 >= count else { return nil }
        defer { rest = rest.dropFirst(4 + count) }
        return String(validating: rest.dropFirst(4).prefix(count), as: UTF8.self)
    }

    mutating func pairs() -> [(name: String, value: String)]? {
        guard let count = rest.popFirst() else { return nil }
        var pairs: [(name: String, value: String)] = []
        for _ in 0..<count {
            guard let name = text(), let value = text() else { return nil }
            pairs.append((name, value))
        }
        return pairs
    }
}
