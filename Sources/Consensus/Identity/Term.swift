/// A logical clock that divides time into the reigns of at most one leader each (Raft, section 5.1).
public struct Term: Hashable, Comparable, Sendable {
    /// The number of the term; zero before any election.
    public let rawValue: UInt64

    /// A term by its number.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Before any election; also the term of the position before the first entry.
    public static let none = Term(0)

    /// The term after this one.
    package var next: Term { Term(rawValue + 1) }

    /// Earlier terms first.
    public static func < (left: Term, right: Term) -> Bool { left.rawValue < right.rawValue }
}

extension Term: CustomStringConvertible {
    /// The number, in decimal.
    public var description: String { String(rawValue) }
}
