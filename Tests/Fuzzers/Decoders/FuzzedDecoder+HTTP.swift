import Checks
import Coordinator
import HTTPTypes
import Logging
import Node

/// What clients and operators send.
extension FuzzedDecoder {
    /// Any JSON text, and everything that can be asked of it.
    static let json = FuzzedDecoder("json") { bytes throws(BrokenPromise) in
        guard let document = try? JSONDocument(parsing: bytes) else { return }
        try walk(document.root)
    }

    private static func walk(_ value: JSONValue) throws(BrokenPromise) {
        switch value.kind {
        case .null: break
        case .true, .false: try expect(value.boolean != nil, "a boolean is one")
        case .number: try expect(value.number != nil, "a number is one")
        case .string: try expect(value.string != nil, "a string is one")
        case .array:
            var count = 0
            for element in value.elements {
                try walk(element)
                count += 1
            }
            try expect(count == value.count, "an array has as many elements as it says")
        case .object:
            var keys: Set<String> = []
            for (key, member) in value.members {
                try expect(keys.insert(key.text).inserted, "no key appears twice")
                try walk(member)
            }
            try expect(keys.count == value.count, "an object has as many members as it says")
        }
    }

    /// A call: `METHOD target`, a line's end, and the body. It is answered with what a client may be answered.
    static let calls = FuzzedDecoder(
        "calls",
        asynchronously: { bytes throws(BrokenPromise) in
            let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
            let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 1)
            guard words.count == 2, let method = HTTPRequest.Method(rawValue: String(words[0])),
                let target = try? RequestTarget(String(words[1])),
                case .route(let position, let parameters) = routes.match(method, target.segments)
            else { return }
            let route = routes.routes[position]
            guard let query = try? QueryValues(target.query, for: route.query) else { return }
            var value: JSONValue?
            switch route.body {
            case .none: break
            case .json(let schema, _, _), .jsonOrRows(let schema, _):
                guard let root = try? JSONDocument(parsing: Array(bytes.dropFirst(line.count + 1))).root,
                    (try? schema.check(root)) != nil
                else { return }
                value = root
            }
            let call = Call(
                caller: .nobody, parameters: parameters, query: query, headers: HTTPFields(), json: value,
                peer: HTTPPeer(address: "192.0.2.1"), trace: trace, logger: silence)
            do {
                _ = try await route.perform(call)
            } catch {
                // Anything else would be answered 500.
                try expect(
                    error is Problem || error is MalformedCall || error is Refusal || error is JSONFieldError,
                    "\(route.path.text) threw \(error)")
            }
        })

    /// What newcomers and callers show, the field that continues a trace.
    static let tokens = FuzzedDecoder("tokens") { bytes throws(BrokenPromise) in
        let text = String(decoding: bytes, as: UTF8.self)
        if let token = JoinToken(text) {
            try expect(token.text == text, "a token is read in the one spelling that is written")
        }
        if let trace = TraceContext(traceparent: text) {
            try expect(TraceContext(traceparent: trace.traceparent) == trace, "a trace goes on as it was")
        }
        if let decoded = Base64URL.decode(text) {
            try expect(Base64URL.encode(decoded) == text, "base64 has one spelling")
        }
        _ = Caller(authorization: text)
    }

    static let timestamp = FuzzedDecoder("timestamp") { bytes throws(BrokenPromise) in
        guard let time = Timestamp(String(decoding: bytes, as: UTF8.self)) else { return }
        try expect(Timestamp(time.text).map(\.text) == time.text, "a time is read as it is written")
    }

    private static let trace: TraceContext = {
        var random = Zeros()
        return TraceContext(using: &random)
    }()

    private static let silence = Logger(label: "fuzzer") { _ in SwiftLogNoOpLogHandler() }

    private static let routes = Endpoints(
        HTTPEnvironment(
            performer: Unavailable(), settings: { ClusterSettings() }, now: { Timestamp(milliseconds: 0) },
            monotonicMilliseconds: { 0 }, metrics: PrometheusRegistry(), logger: silence)
    ).table()
}

/// Whoever stands behind the calls: what reaches it was well-formed.
private struct Unavailable: RequestPerforming {
    func perform(_ request: Request) async -> Performed { .answered(.failure(.timeout(.notApplied))) }
}

private struct Zeros: RandomNumberGenerator {
    mutating func next() -> UInt64 { 0 }
}
