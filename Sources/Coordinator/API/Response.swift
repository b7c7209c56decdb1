import Checks
import HashRing

/// What a request came to when it was not refused.
public enum Response: Sendable {
    case done
    case registered(ClientRecord, created: Bool)
    case leased(LeaseAnswer)
    case leases([LeaseRecord])
    case lease(LeaseRecord)
    case renewed(deadline: Timestamp)
    case reported(ReportReceipt)
    case client(ClientRecord)
    case clients(Listing<ClientRecord>)
    case events(Listing<EventRecord>)
    case added(UserTally)
    case users(Listing<UserListItem>)
    case user(UserRecord)
    case marked(MarkTally)
    case rechecked(RecheckTally)
    case counts(ShardCounts)
    case export(Listing<ExportRow>)
    case services([Service])
    case service(Service, created: Bool)
    case settings(ClusterSettings)
    case invite(String, expiresAt: Timestamp)
    case cluster(ClusterView)
    case statistics(ClusterStatistics)
    /// Empty: ready. Otherwise why not, one sentence each.
    case readiness([String])
}

/// The answer to a lease request.
public struct LeaseAnswer: Hashable, Sendable {
    public var requested: Int
    public var cap: Int
    public var outstanding: Int
    public var leases: [LeaseRecord]
    /// When to ask again, if nothing was granted.
    public var retryAfterSeconds: Int?

    public init(requested: Int, cap: Int, outstanding: Int, leases: [LeaseRecord], retryAfterSeconds: Int?) {
        self.requested = requested
        self.cap = cap
        self.outstanding = outstanding
        self.leases = leases
        self.retryAfterSeconds = retryAfterSeconds
    }
}

/// Why a request was refused; each maps to one problem of the interface.
public enum Refusal: Error, Hashable, Sendable {
    case invalidRequest(field: String, detail: String)
    case invalidFields(field: String, detail: String)
    case unauthenticated
    case forbidden(String)
    case identityTaken(field: String)
    case inviteRequired
    case quarantined(reason: String)
    case leaseNotYours
    case notFound(String)
    case conflict(String)
    case leaseGone
    case idempotencyMismatch
    case rateLimited(retryAfterSeconds: Int)
    /// No leader, or too many requests under way: it may be tried again.
    case unavailable(DeliveryOutcome, retryAfterSeconds: Int)
    case timeout(DeliveryOutcome)
    case internalError(String)
}

/// What is known of a mutation that was not answered.
public enum DeliveryOutcome: String, Hashable, Sendable { case notApplied, unknown }

/// The cluster as this node sees it.
public struct ClusterView: Hashable, Sendable {
    public var id: String
    /// The registry's version.
    public var registryVersion: UInt64
    /// The version of commands that every member understands.
    public var stateVersion: Int
    public var members: [Member]
    public var shards: [Shard]
    public var ringVersion: UInt64
    public var balanced: Bool
    public var healthy: Bool
    public var underReplicated: Int

    public enum MemberState: String, Hashable, Sendable { case joining, active, draining, lost }
    public enum Health: String, Hashable, Sendable { case alive, suspect, dead }
    public enum ReplicaRole: String, Hashable, Sendable { case voter, learner }

    public struct Member: Hashable, Sendable {
        public var name: String
        public var id: NodeID
        public var http: String
        public var peer: String
        public var state: MemberState
        public var health: Health
        public var zone: String
        public var weight: Int
        public var shards: Int
        public var leaders: Int
        public var clockOffsetMilliseconds: Int
        public init(
            name: String, id: NodeID, http: String, peer: String, state: MemberState, health: Health, zone: String,
            weight: Int, shards: Int, leaders: Int, clockOffsetMilliseconds: Int
        ) {
            self.name = name
            self.id = id
            self.http = http
            self.peer = peer
            self.state = state
            self.health = health
            self.zone = zone
            self.weight = weight
            self.shards = shards
            self.leaders = leaders
            self.clockOffsetMilliseconds = clockOffsetMilliseconds
        }
    }

    public struct Shard: Hashable, Sendable {
        public var id: ShardID
        public var leader: NodeID?
        public var term: UInt64
        public var replicas: [Replica]
        public var target: [NodeID]
        public init(id: ShardID, leader: NodeID?, term: UInt64, replicas: [Replica], target: [NodeID]) {
            self.id = id
            self.leader = leader
            self.term = term
            self.replicas = replicas
            self.target = target
        }
    }

    public struct Replica: Hashable, Sendable {
        public var node: NodeID
        public var role: ReplicaRole
        public var applied: UInt64
        public var digest: [UInt8]?
        public init(node: NodeID, role: ReplicaRole, applied: UInt64, digest: [UInt8]? = nil) {
            self.node = node
            self.role = role
            self.applied = applied
            self.digest = digest
        }
    }

    public init(
        id: String, registryVersion: UInt64, stateVersion: Int, members: [Member], shards: [Shard], ringVersion: UInt64,
        balanced: Bool, healthy: Bool, underReplicated: Int
    ) {
        self.id = id
        self.registryVersion = registryVersion
        self.stateVersion = stateVersion
        self.members = members
        self.shards = shards
        self.ringVersion = ringVersion
        self.balanced = balanced
        self.healthy = healthy
        self.underReplicated = underReplicated
    }
}

/// Totals over all shards. Rates are made by the node from two of these.
public struct ClusterStatistics: Hashable, Sendable {
    public var totals: ShardStatistics
    /// Now, as the coordinator was told.
    public var at: Timestamp
    public init(totals: ShardStatistics, at: Timestamp) {
        self.totals = totals
        self.at = at
    }
}
