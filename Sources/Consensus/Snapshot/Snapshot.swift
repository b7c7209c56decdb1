/// A state machine as of one index, with what consensus needs to go on from there. Its content is not consensus'
/// business: it is streamed beside the messages.
public struct Snapshot: Hashable, Sendable {
    /// The last entry that it contains.
    public let mark: LogMark
    /// The configuration that counted there.
    public let configuration: Configuration

    /// A snapshot as of `mark`.
    public init(mark: LogMark, configuration: Configuration) {
        self.mark = mark
        self.configuration = configuration
    }
}

/// A follower that can be helped only by a snapshot.
public struct SnapshotRequest: Hashable, Sendable {
    /// Who needs it.
    public let to: ReplicaID
    /// The snapshot must contain at least this index.
    public let atLeast: LogIndex
}
