/// A member's identity: 128 random bits that stay the same wherever the member runs and however often it restarts.
public struct MemberID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The bits themselves.
    public let rawValue: UInt128

    /// Takes the bits as they were minted.
    public init(rawValue: UInt128) { self.rawValue = rawValue }

    /// Orders by the bits, only so that a listing has one order everywhere.
    public static func < (lhs: MemberID, rhs: MemberID) -> Bool { lhs.rawValue < rhs.rawValue }

    /// 32 hexadecimal digits.
    public var description: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
