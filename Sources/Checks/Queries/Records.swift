/// A user in a listing, as one service sees it.
public struct UserListItem: Hashable, Sendable {
    public var user: UserReference
    public var state: TaskState
    public var lane: Lane?
    public var attempt: Int

    public init(user: UserReference, state: TaskState, lane: Lane?, attempt: Int) {
        self.user = user
        self.state = state
        self.lane = lane
        self.attempt = attempt
    }
}

/// Everything known of a user.
public struct UserRecord: Hashable, Sendable {
    public var user: UserReference
    public var addedAt: Timestamp
    /// The current task of each service that marked the user.
    public var tasks: [TaskRecord]
    /// All verdicts (or those valid at the moment asked for), oldest first.
    public var verdicts: [VerdictRecord]
    /// A result named another account id: the user was possibly renamed.
    public var possiblyRenamed: Bool

    public struct TaskRecord: Hashable, Sendable {
        public var service: ServiceName
        public var state: TaskState
        public var lane: Lane
        public var attempt: Int
        public init(service: ServiceName, state: TaskState, lane: Lane, attempt: Int) {
            self.service = service
            self.state = state
            self.lane = lane
            self.attempt = attempt
        }
    }

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
    public var service: ServiceName
    public var verdict: Verdict
    public var conditional: Bool
    public var validFrom: Timestamp
    /// `nil`: still.
    public var validTo: Timestamp?
    public var clients: [ClientID]
    public var leases: [LeaseID]

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
    public var at: Timestamp
    public var kind: String
    public var service: ServiceName?
    public var client: ClientID?
    public var lease: LeaseID?
    /// Further facts, as name and text, in a fixed order (`verdict`, `lane`, `attempt`, `reason`, `fault`, `count`, ...).
    public var details: [Detail]

    public struct Detail: Hashable, Sendable {
        public var name: String
        public var value: Value
        public init(name: String, value: Value) {
            self.name = name
            self.value = value
        }
    }

    public enum Value: Hashable, Sendable { case text(String), number(Int), flag(Bool) }

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
    public var unmarked = 0
    public var pending = 0
    public var bucketed = 0
    public var leased = 0
    public var done = 0
    public var failed = 0
    public var deleted = 0
    /// Users by their current verdict.
    public var byVerdict: [VerdictCount] = []
    /// When the task that waits longest was marked.
    public var oldestWaiting: Timestamp?
    public init() {}
}

/// Totals of one shard.
public struct ShardStatistics: Hashable, Sendable {
    public var users = 0
    /// All services together; users that no service marked are `unmarked`.
    public var tasks = ShardCounts()
    /// By service, those that have any task.
    public var services: [ServiceCounts] = []
    /// Clients whose home this shard is, by state, in the order of ``ClientState``.
    public var clients: [ClientStateCount] = []
    public var leasesLive = 0
    /// Since the shard was made.
    public var leasesGranted: UInt64 = 0
    public var resultsAccepted: UInt64 = 0
    public var lateResultsDiscarded: UInt64 = 0

    public struct ServiceCounts: Hashable, Sendable {
        public var service: ServiceName
        public var counts: ShardCounts
        public init(service: ServiceName, counts: ShardCounts) {
            self.service = service
            self.counts = counts
        }
    }

    public struct ClientStateCount: Hashable, Sendable {
        public var state: ClientState
        public var count: Int
        public init(state: ClientState, count: Int) {
            self.state = state
            self.count = count
        }
    }
    public init() {}
}

/// One user of an export.
public struct ExportRow: Hashable, Sendable {
    public var user: UserReference
    public var state: TaskState
    /// The current verdict, conditional or not.
    public var verdict: Verdict?
    public var conditional: Bool
    public var validFrom: Timestamp?
    public var clients: [ClientID]

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
