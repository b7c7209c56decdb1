/// The target of a request, taken apart once: the segments of its path and its query, both percent-decoded.
///
/// Nothing is normalized: a dot segment, an empty segment or an encoded slash is a segment like any other, and matches
/// no route.
package struct RequestTarget: Equatable, Sendable {
    package var segments: [String]
    package var query: [(name: String, value: String)]

    /// - Throws: `invalid-request` for a bad percent-escape or what is not UTF-8 when decoded.
    package init(_ target: String) throws(Problem) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        segments = []
        for raw in parts[0].split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            guard let segment = Self.decoded(raw) else {
                throw .invalidRequest("The path holds a percent-escape that cannot be decoded.")
            }
            segments.append(segment)
        }
        query = []
        guard parts.count > 1 else { return }
        for pair in parts[1].split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(sides[0]), let value = sides.count > 1 ? Self.decoded(sides[1]) : "" else {
                throw .invalidRequest("The query holds a percent-escape that cannot be decoded.")
            }
            guard !query.contains(where: { $0.name == name }) else {
                throw .invalidRequest("A query parameter appears twice.", field: name)
            }
            query.append((name, value))
            guard query.count <= Self.parameters else { throw .invalidRequest("There are too many query parameters.") }
        }
    }

    /// More than any call has.
    private static let parameters = 16

    package static func == (left: RequestTarget, right: RequestTarget) -> Bool {
        left.segments == right.segments && left.query.elementsEqual(right.query) { $0 == $1 }
    }

    private static func decoded(_ text: Substring) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(JSONText.hexValue),
                let low = rest.popFirst().flatMap(JSONText.hexValue)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
