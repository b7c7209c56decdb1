/// The caller's name for one read (or one batch of reads).
public struct ReadID: Hashable, Comparable, Sendable {
    /// The number; what it means is up to the caller.
    public let rawValue: UInt64

    /// Names a read.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Smaller numbers first.
    public static func < (left: ReadID, right: ReadID) -> Bool { left.rawValue < right.rawValue }
}

/// What became of a read.
public struct ReadState: Hashable, Sendable {
    /// Which read.
    public let id: ReadID
    /// Serve it as soon as this index is applied. `nil`: refused, because leadership was lost before a quorum
    /// confirmed it; ask the next leader.
    public let index: LogIndex?

    package init(id: ReadID, index: LogIndex?) {
        self.id = id
        self.index = index
    }
}

/// Why a read was not accepted.
public enum ReadError: Error, Hashable, Sendable {
    /// This replica does not lead; `hint` may.
    case notLeader(hint: ReplicaID?)
    /// Too many reads wait for a quorum.
    case overloaded
}
