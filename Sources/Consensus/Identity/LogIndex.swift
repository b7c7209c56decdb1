/// The position of an entry in a group's log; the first entry has index 1.
public struct LogIndex: Hashable, Comparable, Sendable {
    /// The position; zero stands before the first entry.
    public let rawValue: UInt64

    /// A position by its number.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Before the first entry.
    public static let zero = LogIndex(0)

    /// The position after this one.
    public var next: LogIndex { LogIndex(rawValue + 1) }

    /// The position before this one; zero stays zero.
    package var previous: LogIndex { LogIndex(rawValue == 0 ? 0 : rawValue - 1) }

    /// Earlier positions first.
    public static func < (left: LogIndex, right: LogIndex) -> Bool { left.rawValue < right.rawValue }
}

extension LogIndex: CustomStringConvertible {
    /// The number, in decimal.
    public var description: String { String(rawValue) }
}
