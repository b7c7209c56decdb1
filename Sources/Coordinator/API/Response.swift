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
    /// Buckets that were asked for.
    public var requested: Int
    /// Leases of this service that the client may hold: the lesser of the service's and its own limit.
    public var cap: Int
    /// Leases of this service that it held before.
    public var outstanding: Int
    /// What was granted, or what an earlier call with the same key was granted.
    public var leases: [LeaseRecord]
    /// When to ask again, if nothing was granted.
    public var retryAfterSeconds: Int?

    /// Puts one together.
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
    /// Its id.
    public var id: String
    /// The registry's version.
    public var registryVersion: UInt64
    /// The version of commands that every member understands.
    public var stateVersion: Int
    /// Every member, in order of ids.
    public var members: [Member]
    /// Every shard, in order.
    public var shards: [Shard]
    /// The version of the membership that the ring was made of.
    public var ringVersion: UInt64
    /// Whether every shard is where the ring wants it.
    public var balanced: Bool
    /// Whether every shard has a leader.
    public var healthy: Bool
    /// Shards of which a voter does not answer.
    public var underReplicated: Int

    /// A member's place in the cluster, as the registry says it.
    public enum MemberState: String, Hashable, Sendable { case joining, active, draining, lost }
    /// What gossip believes of a member.
    public enum Health: String, Hashable, Sendable { case alive, suspect, dead }
    /// Whether a replica votes.
    public enum ReplicaRole: String, Hashable, Sendable { case voter, learner }

    /// One member.
    public struct Member: Hashable, Sendable {
        /// Its name, for people.
        public var name: String
        /// Its id.
        public var id: NodeID
        /// Where clients reach it.
        public var http: String
        /// Where peers reach it.
        public var peer: String
        /// Its place in the cluster.
        public var state: MemberState
        /// What gossip believes of it.
        public var health: Health
        /// Where it stands.
        public var zone: String
        /// Its share of the shards against others.
        public var weight: Int
        /// Shards of which it holds a replica.
        public var shards: Int
        /// Shards that it leads.
        public var leaders: Int
        /// How far its clock is from its peers' median.
        public var clockOffsetMilliseconds: Int
        /// Puts one together.
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

    /// One shard.
    public struct Shard: Hashable, Sendable {
        /// Its id.
        public var id: ShardID
        /// Who leads it, as far as this node knows.
        public var leader: NodeID?
        /// Its leader's term.
        public var term: UInt64
        /// Its replicas, in order of nodes.
        public var replicas: [Replica]
        /// Where the ring wants it.
        public var target: [NodeID]
        /// Puts one together.
        public init(id: ShardID, leader: NodeID?, term: UInt64, replicas: [Replica], target: [NodeID]) {
            self.id = id
            self.leader = leader
            self.term = term
            self.replicas = replicas
            self.target = target
        }
    }

    /// One replica of a shard.
    public struct Replica: Hashable, Sendable {
        /// Who holds it.
        public var node: NodeID
        /// Whether it votes.
        public var role: ReplicaRole
        /// The last entry it has applied.
        public var applied: UInt64
        /// Its contents' digest, when asked for.
        public var digest: [UInt8]?
        /// Puts one together.
        public init(node: NodeID, role: ReplicaRole, applied: UInt64, digest: [UInt8]? = nil) {
            self.node = node
            self.role = role
            self.applied = applied
            self.digest = digest
        }
    }

    /// Puts one together.
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
    /// The sum over all shards.
    public var totals: ShardStatistics
    /// Now, as the coordinator was told.
    public var at: Timestamp
    /// Puts one together.
    public init(totals: ShardStatistics, at: Timestamp) {
        self.totals = totals
        self.at = at
    }
}
