/// What a client says it can do. Counts are users, not buckets: a part-filled bucket costs what it holds.
public struct Capability: Hashable, Sendable {
    /// Users it can check in a window.
    public var usersPerWindow: Int
    /// The window's length.
    public var windowSeconds: Int
    /// Leases it wants to hold at once; `nil`: the service's `maxOutstanding`.
    public var maxBuckets: Int?
    /// The services it works for; `nil`: all.
    public var services: [ServiceName]?

    /// What is left out of a registration: 180 users in 900 s, as many leases as the service allows, all services.
    public init(
        usersPerWindow: Int = 180, windowSeconds: Int = 900, maxBuckets: Int? = nil, services: [ServiceName]? = nil
    ) {
        self.usersPerWindow = usersPerWindow
        self.windowSeconds = windowSeconds
        self.maxBuckets = maxBuckets
        self.services = services
    }
}

/// Whether a client may take leases.
public enum ClientState: String, Hashable, Sendable, CaseIterable {
    case active, unregistered, throttled, quarantined
}

/// A fault that is counted against a client.
public enum ClientFault: UInt8, Hashable, Sendable, CaseIterable {
    /// A row for a user that is not in the bucket.
    case unassignedUser = 1
    /// Any call on another client's lease.
    case notOwnBucket = 2
    /// A lease id that was never this client's.
    case unknownBucket = 3
    /// A `/results` body refused whole.
    case malformed = 4
}

/// A client as it is shown.
public struct ClientRecord: Hashable, Sendable {
    /// Its identity.
    public var id: ClientID
    /// Its screen name as it was given.
    public var screenName: String
    /// Whether it may take leases.
    public var state: ClientState
    /// Why it is throttled or quarantined.
    public var reason: String?
    /// Set once, for ever.
    public var firstRegisteredAt: Timestamp
    /// The last registration.
    public var lastRegisteredAt: Timestamp
    /// The last call that left a trace.
    public var lastAccessAt: Timestamp
    /// What it can do.
    public var capability: Capability
    /// What it did.
    public var statistics: ClientStatistics

    /// A record.
    public init(
        id: ClientID, screenName: String, state: ClientState, reason: String?, firstRegisteredAt: Timestamp,
        lastRegisteredAt: Timestamp, lastAccessAt: Timestamp, capability: Capability, statistics: ClientStatistics
    ) {
        self.id = id
        self.screenName = screenName
        self.state = state
        self.reason = reason
        self.firstRegisteredAt = firstRegisteredAt
        self.lastRegisteredAt = lastRegisteredAt
        self.lastAccessAt = lastAccessAt
        self.capability = capability
        self.statistics = statistics
    }
}

/// What a client did. Always `assigned = done + released + held` (I4).
public struct ClientStatistics: Hashable, Sendable {
    /// Buckets granted to it.
    public var bucketsAssigned = 0
    /// Buckets that it finished.
    public var bucketsDone = 0
    /// Counted once a bucket, at its deadline; the bucket is still held until it is done or released.
    public var bucketsDead = 0
    /// Buckets that ended unfinished.
    public var bucketsReleased = 0
    /// Buckets whose lease lives.
    public var bucketsHeld = 0
    /// Accepted results by verdict, in the order of ``Verdict``'s raw values; verdicts that never came are left out.
    public var usersByVerdict: [VerdictCount] = []
    /// Rows for users that were not in the bucket.
    public var unassignedUser = 0
    /// Calls on another client's lease.
    public var notOwnBucket = 0
    /// Calls on a lease that was never its own.
    public var unknownBucket = 0
    /// Reports refused whole.
    public var malformed = 0
    /// Users granted within the last window of the capability.
    public var usersInWindow = 0
    /// Of its results on which a verdict was made by several clients, those that agreed with it.
    public var agreeing = 0
    /// Its results on which a verdict was made by several clients.
    public var judged = 0

    /// Nothing done yet.
    public init() {}
}

/// How many results said a verdict.
public struct VerdictCount: Hashable, Sendable {
    /// Which verdict.
    public var verdict: Verdict
    /// How often.
    public var count: Int

    /// A count.
    public init(verdict: Verdict, count: Int) {
        self.verdict = verdict
        self.count = count
    }
}
