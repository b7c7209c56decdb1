/// How many tasks of a service stand where.
public struct Counts: Decodable, Hashable, Sendable {
    /// Users that were never marked for the service.
    public let unmarked: Int
    /// Tasks that wait for a bucket.
    public let pending: Int
    /// Tasks in a bucket that waits.
    public let bucketed: Int
    /// Tasks in the hands of a client.
    public let leased: Int
    /// Tasks with a verdict.
    public let done: Int
    /// Tasks given up after too many attempts.
    public let failed: Int
    /// Tasks whose user was deleted.
    public let deleted: Int
    /// Current verdicts.
    public let byVerdict: [String: Int]
    /// How long the oldest waiting task waits; `nil` when none does.
    public let oldestWaitingSeconds: Double?

    /// Tasks that are neither done nor failed.
    public var unfinished: Int { pending + bucketed + leased }
}

/// The cluster's figures.
public struct Stats: Decodable, Hashable, Sendable {
    /// Users known.
    public let users: Int
    /// Tasks by state.
    public let tasksByState: [String: Int]
    /// Clients by state.
    public let clientsByState: [String: Int]
    /// Leases under way.
    public let leasesLive: Int
    /// Leases granted a second, lately.
    public let grantsPerSecond: Double
    /// Results taken a second, lately.
    public let resultsPerSecond: Double
    /// Database statements for each user checked.
    public let databaseStatementsPerUser: Double?
    /// Bytes written to disk for each user checked.
    public let databaseBytesPerUser: Double?
    /// Flushes to disk for each user checked.
    public let fsyncsPerUser: Double?
    /// How long the oldest waiting task waits; `nil` when none does.
    public let oldestWaitingSeconds: Double?
}

/// A limit that the cluster advertises.
public struct AdvertisedLimit: Decodable, Hashable, Sendable {
    /// What is limited.
    public let name: String
    /// The limit.
    public let value: Double
    /// What it counts.
    public let unit: String
    /// Where the number comes from.
    public let source: String
}
