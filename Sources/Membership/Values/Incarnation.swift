/// How often a member has spoken for itself anew. Only its owner raises it: to refute, to change its address or its
/// application bytes, to come back (SWIM, section 4.2).
public struct Incarnation: Hashable, Comparable, Sendable {
    /// The number, at most ``Limits/incarnation``.
    public let rawValue: UInt64

    /// The incarnation of a member that has not spoken yet.
    public static let first = Incarnation(unchecked: 0)

    /// Throws ``MembershipError/incarnationOutOfRange(_:)`` above ``Limits/incarnation``: nobody could refute it.
    public init(_ rawValue: UInt64) throws(MembershipError) {
        guard rawValue <= Limits.incarnation else { throw .incarnationOutOfRange(rawValue) }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: UInt64) { self.rawValue = rawValue }

    /// The one after; the last one stays itself.
    var next: Incarnation { Incarnation(unchecked: min(rawValue + 1, Limits.incarnation)) }

    /// Orders by number: a greater incarnation speaks for a later time.
    public static func < (lhs: Incarnation, rhs: Incarnation) -> Bool { lhs.rawValue < rhs.rawValue }
}
