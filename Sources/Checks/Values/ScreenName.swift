/// The key of a user: a platform's screen name folded to lower case, 1 to 15 of `a-z 0-9 _`.
///
/// A value that exists is valid. At most 15 bytes, so that Swift keeps it inline: no allocation, comparison is cheap.
public struct ScreenName: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The folded name.
    public let folded: String

    /// The longest name, in bytes: the platform's own rule.
    public static let maximumLength = 15

    /// Folds and checks `text`; `nil` when it is not 1 to 15 of `A-Z a-z 0-9 _`. O(length).
    public init?(_ text: String) { self.init(folding: text.utf8) }

    /// Folds and checks `text`; `nil` when it is not 1 to 15 of `A-Z a-z 0-9 _`. O(length).
    public init?(_ text: Substring) { self.init(folding: text.utf8) }

    // Generic in here only: across modules it would be called unspecialised, for every row of every report.
    private init?(folding text: some Sequence<UInt8>) {
        var bytes: (UInt64, UInt64) = (0, 0)
        var count = 0
        for byte in text {
            guard count < Self.maximumLength, let folded = Self.fold(byte) else { return nil }
            if count < 8 {
                bytes.0 |= UInt64(folded) << UInt64(count * 8)
            } else {
                bytes.1 |= UInt64(folded) << UInt64((count - 8) * 8)
            }
            count += 1
        }
        guard count > 0 else { return nil }
        self.folded = withUnsafeBytes(of: &bytes) { String(decoding: $0.prefix(count), as: UTF8.self) }
    }

    /// Takes a name that was folded and checked before it was stored.
    package init(stored: String) {
        assert(ScreenName(stored)?.folded == stored, "a stored screen name is valid and folded")
        folded = stored
    }

    /// The folded byte, or `nil` for a byte that no name holds.
    private static func fold(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): byte
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        default: nil
        }
    }

    /// By folded name.
    public static func < (lhs: ScreenName, rhs: ScreenName) -> Bool { lhs.folded < rhs.folded }
    /// The folded name.
    public var description: String { folded }
}
