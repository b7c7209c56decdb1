/// A user in a listing, as one service sees it.
public struct UserListItem: Hashable, Sendable {
    /// Who.
    public var user: UserReference
    /// Where the current task stands.
    public var state: TaskState
    /// In which lane; `nil` when unmarked.
    public var lane: Lane?
    /// Attempts that were begun.
    public var attempt: Int

    /// Puts one together.
    public init(user: UserReference, state: TaskState, lane: Lane?, attempt: Int) {
        self.user = user
        self.state = state
        self.lane = lane
        self.attempt = attempt
    }
}

/// Everything known of a user.
public struct UserRecord: Hashable, Sendable {
    /// Who.
    public var user: UserReference
    /// When the user was added.
    public var addedAt: Timestamp
    /// The current task of each service that marked the user.
    public var tasks: [TaskRecord]
    /// All verdicts (or those valid at the moment asked for), oldest first.
    public var verdicts: [VerdictRecord]
    /// A result named another account id: the user was possibly renamed.
    public var possiblyRenamed: Bool

    /// The current task of one service.
    public struct TaskRecord: Hashable, Sendable {
        /// Which service.
        public var service: ServiceName
        /// Where it stands.
        public var state: TaskState
        /// In which lane.
        public var lane: Lane
        /// Attempts that were begun.
        public var attempt: Int
        /// Puts one together.
        public init(service: ServiceName, state: TaskState, lane: Lane, attempt: Int) {
            self.service = service
            self.state = state
            self.lane = lane
            self.attempt = attempt
        }
    }

    /// Puts one together.
    public init(
        user: UserReference, addedAt: Timestamp, tasks: [TaskRecord], verdicts: [VerdictRecord], possiblyRenamed: Bool
    ) {
        self.user = user
        self.addedAt = addedAt
        self.tasks = tasks
        self.verdicts = verdicts
        self.possiblyRenamed = possiblyRenamed
    }
}

/// What the system believed of a user for a time, and from whom.
public struct VerdictRecord: Hashable, Sendable {
    /// For which service.
    public var service: ServiceName
    /// What was believed.
    public var verdict: Verdict
    /// Said only by clients that the user follows.
    public var conditional: Bool
    /// Since when.
    public var validFrom: Timestamp
    /// `nil`: still.
    public var validTo: Timestamp?
    /// Whose observations made it.
    public var clients: [ClientID]
    /// Under which leases, in the order of `clients`.
    public var leases: [LeaseID]

    /// Puts one together.
    public init(
        service: ServiceName, verdict: Verdict, conditional: Bool, validFrom: Timestamp, validTo: Timestamp?,
        clients: [ClientID], leases: [LeaseID]
    ) {
        self.service = service
        self.verdict = verdict
        self.conditional = conditional
        self.validFrom = validFrom
        self.validTo = validTo
        self.clients = clients
        self.leases = leases
    }
}

/// One event in the trace of a user or the activity of a client. `kind` is camelCase; only what applies is set.
public struct EventRecord: Hashable, Sendable {
    /// When.
    public var at: Timestamp
    /// What happened.
    public var kind: String
    /// For which service.
    public var service: ServiceName?
    /// By or to which client.
    public var client: ClientID?
    /// Under which lease.
    public var lease: LeaseID?
    /// Further facts, as name and text, in a fixed order (`verdict`, `lane`, `attempt`, `reason`, `fault`, `count`, ...).
    public var details: [Detail]

    /// One further fact.
    public struct Detail: Hashable, Sendable {
        /// What it is called.
        public var name: String
        /// What it is.
        public var value: Value
        /// Puts one together.
        public init(name: String, value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// Text, a number or yes and no.
    public enum Value: Hashable, Sendable { case text(String), number(Int), flag(Bool) }

    /// Puts one together.
    public init(
        at: Timestamp, kind: String, service: ServiceName? = nil, client: ClientID? = nil, lease: LeaseID? = nil,
        details: [Detail] = []
    ) {
        self.at = at
        self.kind = kind
        self.service = service
        self.client = client
        self.lease = lease
        self.details = details
    }
}

/// Tasks of one service in one shard.
public struct ShardCounts: Hashable, Sendable {
    /// Users that the service never marked.
    public var unmarked = 0
    /// Tasks that wait for a bucket.
    public var pending = 0
    /// Tasks in a bucket that waits for a lease.
    public var bucketed = 0
    /// Tasks under a live lease.
    public var leased = 0
    /// Tasks with a verdict.
    public var done = 0
    /// Tasks whose attempts are used up.
    public var failed = 0
    /// Users that were deleted and not added again.
    public var deleted = 0
    /// Users by their current verdict.
    public var byVerdict: [VerdictCount] = []
    /// When the task that waits longest was marked.
    public var oldestWaiting: Timestamp?
    /// Nothing yet.
    public init() {}
}

/// Totals of one shard.
public struct ShardStatistics: Hashable, Sendable {
    /// Users that are not deleted.
    public var users = 0
    /// All services together; users that no service marked are `unmarked`.
    public var tasks = ShardCounts()
    /// By service, those that have any task.
    public var services: [ServiceCounts] = []
    /// Clients whose home this shard is, by state, in the order of ``ClientState``.
    public var clients: [ClientStateCount] = []
    /// Leases that live now.
    public var leasesLive = 0
    /// Since the shard was made.
    public var leasesGranted: UInt64 = 0
    /// Rows of reports that were taken.
    public var resultsAccepted: UInt64 = 0
    /// Rows for deleted users or under ended leases.
    public var lateResultsDiscarded: UInt64 = 0

    /// The counts of one service.
    public struct ServiceCounts: Hashable, Sendable {
        /// Which service.
        public var service: ServiceName
        /// Its counts.
        public var counts: ShardCounts
        /// Puts one together.
        public init(service: ServiceName, counts: ShardCounts) {
            self.service = service
            self.counts = counts
        }
    }

    /// How many clients are in one state.
    public struct ClientStateCount: Hashable, Sendable {
        /// Which state.
        public var state: ClientState
        /// How many.
        public var count: Int
        /// Puts one together.
        public init(state: ClientState, count: Int) {
            self.state = state
            self.count = count
        }
    }
    /// Nothing yet.
    public init() {}
}

/// One user of an export.
public struct ExportRow: Hashable, Sendable {
    /// Who.
    public var user: UserReference
    /// Where the current task stands.
    public var state: TaskState
    /// The current verdict, conditional or not.
    public var verdict: Verdict?
    /// Whether the verdict holds only under a condition.
    public var conditional: Bool
    /// Since when it holds.
    public var validFrom: Timestamp?
    /// Whose observations made it.
    public var clients: [ClientID]

    /// Puts one together.
    public init(
        user: UserReference, state: TaskState, verdict: Verdict?, conditional: Bool, validFrom: Timestamp?,
        clients: [ClientID]
    ) {
        self.user = user
        self.state = state
        self.verdict = verdict
        self.conditional = conditional
        self.validFrom = validFrom
        self.clients = clients
    }
}
