/// One entry of a group's log as it lies on disk.
public struct LogRecord: Hashable, Sendable {
    /// Its place; from 1, without gaps.
    public var index: UInt64
    /// The term of the leader that made it.
    public var term: UInt64
    /// What the payload is; the store does not look at it.
    public var kind: UInt8
    /// The entry's contents.
    public var payload: [UInt8]

    /// A record.
    public init(index: UInt64, term: UInt64, kind: UInt8, payload: [UInt8]) {
        self.index = index
        self.term = term
        self.kind = kind
        self.payload = payload
    }
}

/// What one group wants on disk, as one piece.
public struct LogWrite: Sendable {
    /// Term, vote and commit index, as consensus must find them again.
    public struct HardState: Hashable, Sendable {
        /// The latest term seen.
        public var term: UInt64
        /// The replica voted for in that term; 0: none.
        public var vote: UInt64
        /// An index known to be committed.
        public var commit: UInt64

        /// A hard state.
        public init(term: UInt64, vote: UInt64, commit: UInt64) {
            self.term = term
            self.vote = vote
            self.commit = commit
        }
    }

    /// The registry's state after applying up to an index.
    public struct RegistryState: Hashable, Sendable {
        /// The last entry in it.
        public var applied: UInt64
        /// The state, encoded by its owner.
        public var bytes: [UInt8]

        /// A state.
        public init(applied: UInt64, bytes: [UInt8]) {
            self.applied = applied
            self.bytes = bytes
        }
    }

    /// Whose.
    public var group: GroupID
    /// Replaces the stored one when set.
    public var hardState: HardState?
    /// Records at and after it are deleted first.
    public var truncateFrom: UInt64?
    /// Appended in order.
    public var records: [LogRecord]
    /// Replaces the group's configuration when set.
    public var configuration: [UInt8]?
    /// Replaces the registry's state when set.
    public var registryState: RegistryState?

    /// A write.
    public init(
        group: GroupID, hardState: HardState? = nil, truncateFrom: UInt64? = nil, records: [LogRecord] = [],
        configuration: [UInt8]? = nil, registryState: RegistryState? = nil
    ) {
        self.group = group
        self.hardState = hardState
        self.truncateFrom = truncateFrom
        self.records = records
        self.configuration = configuration
        self.registryState = registryState
    }
}

/// What a group finds again, without its records.
public struct StoredGroup: Hashable, Sendable {
    /// Whose.
    public var group: GroupID
    /// The replica of the group that this node is.
    public var replica: UInt64
    /// The hard state last written.
    public var hardState: LogWrite.HardState
    /// The last index of the compacted part; 0: nothing was compacted.
    public var baseIndex: UInt64
    /// Its term.
    public var baseTerm: UInt64
    /// The configuration last written, encoded by its owner.
    public var configuration: [UInt8]

    /// A group.
    public init(
        group: GroupID, replica: UInt64, hardState: LogWrite.HardState, baseIndex: UInt64, baseTerm: UInt64,
        configuration: [UInt8]
    ) {
        self.group = group
        self.replica = replica
        self.hardState = hardState
        self.baseIndex = baseIndex
        self.baseTerm = baseTerm
        self.configuration = configuration
    }
}
