/// W3C Trace Context: the `traceparent` field, taken over from the caller or made here.
package struct TraceContext: Equatable, Sendable {
    /// 32 lower-case hexadecimal digits, not all zero.
    package var traceID: String
    package var parentID: String
    package var flags: String

    /// - Returns: `nil` when the field is not of the form; then a new trace begins.
    package init?(traceparent: String) {
        let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, Self.isHex(parts[0], 2), parts[0] != "ff", parts[0] != "00" || parts.count == 4,
            Self.isHex(parts[1], 32), Self.isHex(parts[2], 16), Self.isHex(parts[3], 2),
            parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
        else { return nil }
        (traceID, parentID, flags) = (String(parts[1]), String(parts[2]), String(parts[3]))
    }

    package init(using random: inout some RandomNumberGenerator) {
        traceID = Self.hex(random.next()) + Self.hex(random.next() | 1)
        parentID = Self.hex(random.next() | 1)
        flags = "00"
    }

    /// A trace of its own, for an answer to what was no request.
    package static func new() -> TraceContext {
        var random = SystemRandomNumberGenerator()
        return TraceContext(using: &random)
    }

    package var traceparent: String { "00-\(traceID)-\(parentID)-\(flags)" }

    private static func isHex(_ text: Substring, _ count: Int) -> Bool {
        text.utf8.count == count
            && text.utf8.allSatisfy { byte in
                byte &- UInt8(ascii: "0") < 10 || byte &- UInt8(ascii: "a") < 6
            }
    }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
