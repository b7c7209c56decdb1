/// The identity of a node: 128 random bits, minted together with its data folder and never reused.
///
/// Its text form, in files, in JSON and in logs, is 32 lower-case hexadecimal digits.
public struct NodeID: Hashable, Comparable, Sendable {
    /// The 128 bits.
    public let rawValue: UInt128

    /// The identity made of these bits.
    public init(rawValue: UInt128) {
        self.rawValue = rawValue
    }

    /// Reads the text form: exactly 32 lower-case hexadecimal digits, and nothing else.
    public init?(_ text: some StringProtocol) {
        var value: UInt128 = 0
        var digits = 0
        for byte in text.utf8 {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            default: return nil
            }
            digits += 1
            guard digits <= Self.textLength else { return nil }
            value = value << 4 | UInt128(digit)
        }
        guard digits == Self.textLength else { return nil }
        rawValue = value
    }

    /// Orders identities as numbers, which is also the order of their texts.
    public static func < (left: NodeID, right: NodeID) -> Bool {
        left.rawValue < right.rawValue
    }

    /// Hexadecimal digits in the text form.
    static let textLength = 32
}

extension NodeID: CustomStringConvertible {
    /// The text form: 32 lower-case hexadecimal digits.
    public var description: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: Self.textLength - digits.utf8.count) + digits
    }
}

extension NodeID: Codable {
    /// Reads the text form.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when the text is not 32 lower-case hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = NodeID(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a node's id is 32 lower-case hexadecimal digits")
        }
        self = id
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
