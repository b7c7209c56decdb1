/// The platform's number of an account: 1 to 19 decimal digits, kept as text because 64-bit ids do not survive JavaScript.
public struct AccountID: Hashable, Sendable, CustomStringConvertible {
    /// The digits as they were given.
    public let digits: String

    /// `nil` when `text` is not 1 to 19 decimal digits.
    public init?(_ text: String) {
        let utf8 = text.utf8
        guard (1...19).contains(utf8.count), utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        digits = text
    }

    /// The digits.
    public var description: String { digits }
}

/// A volunteer's identity: the account id of a volunteer, 1 to 19 decimal digits without a leading zero.
public struct ClientID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number itself: 19 digits fit 64 bits.
    public let rawValue: UInt64

    /// The number as it is kept in records and commands.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// `nil` when `text` is not 1 to 19 decimal digits without a leading zero.
    public init?(_ text: some StringProtocol) {
        let utf8 = text.utf8
        guard (1...19).contains(utf8.count), utf8.first != 0x30, utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let value = UInt64(text)
        else { return nil }
        rawValue = value
    }

    /// By number.
    public static func < (lhs: ClientID, rhs: ClientID) -> Bool { lhs.rawValue < rhs.rawValue }
    /// The digits.
    public var description: String { String(rawValue) }
}

/// SHA-256 of a secret, 32 bytes. The cluster never keeps the secret itself.
public struct SecretHash: Hashable, Sendable {
    /// The digest, 32 bytes.
    public let bytes: [UInt8]

    /// `nil` when it is not 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Compares in constant time, so that an answer's delay tells nothing about the stored digest.
    public func matches(_ other: SecretHash) -> Bool {
        var difference: UInt8 = 0
        for (left, right) in zip(bytes, other.bytes) { difference |= left ^ right }
        return difference == 0
    }
}

/// A moment, in milliseconds since 1970-01-01 UTC, as a proposer stamped it.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01 UTC.
    public let milliseconds: Int64

    /// From milliseconds since 1970-01-01 UTC.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// This moment moved by whole seconds.
    public func adding(seconds: Int) -> Timestamp { Timestamp(milliseconds: milliseconds + Int64(seconds) * 1000) }

    /// Earlier first.
    public static func < (lhs: Timestamp, rhs: Timestamp) -> Bool { lhs.milliseconds < rhs.milliseconds }
}

/// What a proposer drew for one command: 128 random bits from which apply derives every choice it makes.
public struct Draw: Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt128

    /// From 128 random bits.
    public init(rawValue: UInt128) { self.rawValue = rawValue }
}
