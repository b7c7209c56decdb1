/// One replica of one group, for ever: an id is never given to a second replica, not even after the first was removed.
///
/// Identity is what makes a vote mean something. A replica that lost its disk has lost its votes, so it must come back
/// under a new id (Raft, Ongaro & Ousterhout 2014, section 5.2, assumes that `votedFor` survives).
public struct ReplicaID: Hashable, Comparable, Sendable {
    /// The number itself.
    public let rawValue: UInt64

    /// Names a replica.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Smaller numbers first; the order means nothing beyond being total.
    public static func < (left: ReplicaID, right: ReplicaID) -> Bool { left.rawValue < right.rawValue }
}

extension ReplicaID: CustomStringConvertible {
    /// The number, in decimal.
    public var description: String { String(rawValue) }
}
