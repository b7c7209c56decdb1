/// What a group wants done. The parts are independent, except that messages which depend on `persist` are not in here:
/// they appear in a later `Ready`, after ``RaftGroup/persisted(_:now:)``.
public struct Ready: Sendable {
    /// What must reach the disk, in one transaction, before ``RaftGroup/persisted(_:now:)`` is called.
    public var persist: Persist?
    /// What may be sent now.
    public var messages: [Message]
    /// What is to be applied, in order. Every entry is handed out once, and only when it is committed and on this
    /// replica's own disk: the state machine never runs ahead of the log.
    public var committed: [Entry]
    /// Reads that may be served, or are refused.
    public var reads: [ReadState]
    /// Followers that need a snapshot, because what they lack was compacted.
    public var snapshots: [SnapshotRequest]

    package var isEmpty: Bool {
        persist == nil && messages.isEmpty && committed.isEmpty && reads.isEmpty && snapshots.isEmpty
    }
}

/// One write to the disk: all of it or nothing, and in the order of the ids.
///
/// A commit index that moved is never a reason for a persist of its own, so an idle or a reading group writes nothing.
/// It is included whenever something else is written.
public struct Persist: Hashable, Sendable {
    /// Its number.
    public let id: PersistID
    /// If set: install this snapshot, and drop the whole log before it and after it, first.
    public let snapshot: Snapshot?
    /// If set: the new hard state.
    public let hardState: HardState?
    /// If set: drop all entries at and after this index before adding `entries`.
    public let truncateFrom: LogIndex?
    /// Entries to add; they follow what is kept, without a gap.
    public let entries: [Entry]
}
