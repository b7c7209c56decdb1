import Checks
import HashRing

/// What a request came to when it was not refused.
public enum Response: Sendable {
    /// What a ``Request/stale(_:)`` came to. Whatever was acknowledged so many seconds before the request came is in it; 0 where
    /// every part was read linearizably.
    indirect case stale(Response, seconds: Int)

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
    /// The secret of a join token; it leaves once.
    case joinToken(secret: [UInt8], expiresAt: Timestamp)
    /// The registry's image, for a newcomer.
    case joined(registry: [UInt8])
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
    /// Only for requests that another node passed on: this one does not lead what they are about.
    case elsewhere
}

/// What is known of a mutation that was not answered.
public enum DeliveryOutcome: String, Hashable, Sendable { case notApplied, unknown }

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
