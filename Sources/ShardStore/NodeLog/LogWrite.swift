/// What one group wants on disk, as one piece; done in the order of the properties.
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

    /// A snapshot that was received: it takes the place of the group's whole log and, for a shard, of its file.
    public struct Installation: Hashable, Sendable {
        /// The last entry in the snapshot.
        public var baseIndex: UInt64
        /// Its term.
        public var baseTerm: UInt64
        /// The configuration that counts there, encoded by its owner.
        public var configuration: [UInt8]
        /// Which `shards/NNNN-GENERATION.db` is the shard's file from then on.
        public var generation: UInt64

        /// An installation.
        public init(baseIndex: UInt64, baseTerm: UInt64, configuration: [UInt8], generation: UInt64) {
            self.baseIndex = baseIndex
            self.baseTerm = baseTerm
            self.configuration = configuration
            self.generation = generation
        }
    }

    /// Whose.
    public var group: GroupID
    /// Done first: the group's row and its log go. Nothing happens when there is none.
    public var remove = false
    /// Done second: a new replica of the group, with an empty log; one that was here before goes.
    public var create: StoredGroup?
    /// Done third: the group's log goes, base, configuration and generation are set.
    public var install: Installation?
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
        configuration: [UInt8]? = nil, registryState: RegistryState? = nil, create: StoredGroup? = nil,
        remove: Bool = false, install: Installation? = nil
    ) {
        self.group = group
        self.hardState = hardState
        self.truncateFrom = truncateFrom
        self.records = records
        self.configuration = configuration
        self.registryState = registryState
        self.create = create
        self.remove = remove
        self.install = install
    }
}
