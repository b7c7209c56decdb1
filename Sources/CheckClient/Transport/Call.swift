/// What a call does with what its path names.
package enum Verb: String, Hashable, Sendable {
    case GET, PUT, POST, PATCH, DELETE
}

/// One call of the interface, as a value: where it goes, what it carries and what it answers.
///
/// ``ClusterClient/send(_:)`` makes it. The calls themselves are the static members of this type, by topic.
public struct Call<Answer: Decodable & Sendable>: Sendable {
    package var method: Verb
    package var path: String
    package var query: [QueryParameter] = []
    package var body: (any Encodable & Sendable)?
    /// Says that a repeated call is the same call.
    package var idempotencyKey: String?
    /// How long the node may wait with its answer, beyond what any call may take.
    package var waitSeconds = 0

    package init(_ method: Verb, _ path: String..., body: (any Encodable & Sendable)? = nil) {
        self.method = method
        self.path = path.map { "/" + $0.percentEncoded }.joined()
        self.body = body
    }

    /// The same call with one more parameter, unless its value is `nil`.
    package func asking(_ name: String, _ value: (some CustomStringConvertible)?) -> Self {
        guard let value else { return self }
        var call = self
        call.query.append(QueryParameter(name: name, value: value.description))
        return call
    }

    /// The same call, whose answer also keeps the JSON that it came as.
    public var verbatim: Call<Verbatim<Answer>> { answering(Verbatim<Answer>.self) }

    /// The same listing, whose items also keep the JSON that they came as.
    public func verbatimItems<Item>() -> Call<Page<Verbatim<Item>>> where Answer == Page<Item> {
        answering(Page<Verbatim<Item>>.self)
    }

    /// The same call, read as another type.
    package func answering<Other: Decodable & Sendable>(_: Other.Type) -> Call<Other> {
        var call = Call<Other>(method, body: body)
        call.path = path
        call.query = query
        call.idempotencyKey = idempotencyKey
        call.waitSeconds = waitSeconds
        return call
    }

    /// Path and query.
    package var target: String {
        guard !query.isEmpty else { return path }
        return path + "?" + query.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }
}

/// A parameter of a call's query.
package struct QueryParameter: Hashable, Sendable {
    package let name: String
    package let value: String
}

extension String {
    /// With everything but RFC 3986's unreserved characters as `%XX`.
    package var percentEncoded: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                text.append(byte)
            default: text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
