import Foundation

/// What a client can do, as it says so when it registers. What is left out takes the node's default.
public struct Capability: Codable, Hashable, Sendable {
    /// Users that it can check in a window.
    public var usersPerWindow: Int?
    /// The window's length in seconds.
    public var windowSeconds: Int?
    /// Leases that it wants to hold at once.
    public var maxBuckets: Int?
    /// The services it works for.
    public var services: [String]?

    /// A capability.
    public init(
        usersPerWindow: Int? = nil, windowSeconds: Int? = nil, maxBuckets: Int? = nil, services: [String]? = nil
    ) {
        self.usersPerWindow = usersPerWindow
        self.windowSeconds = windowSeconds
        self.maxBuckets = maxBuckets
        self.services = services
    }
}

/// The body of a registration.
public struct Registration: Codable, Hashable, Sendable {
    /// The volunteer's own screen name.
    public var screenName: String
    /// The secret that the client made: 43-128 characters of base64url. The cluster keeps its SHA-256.
    public var secret: String
    /// What the client can do.
    public var capability: Capability?
    /// An invitation, where the cluster asks for one.
    public var invite: String?

    /// A registration.
    public init(screenName: String, secret: String, capability: Capability? = nil, invite: String? = nil) {
        self.screenName = screenName
        self.secret = secret
        self.capability = capability
        self.invite = invite
    }
}

/// A client as the cluster shows it.
public struct Client: Decodable, Hashable, Sendable {
    /// Its account id.
    public let id: String
    /// Its screen name as it was given.
    public let screenName: String
    /// `active`, `unregistered`, `throttled` or `quarantined`.
    public let state: String
    /// Why it is throttled or quarantined.
    public let reason: String?
    /// Set once.
    public let firstRegisteredAt: Date
    /// The last registration.
    public let lastRegisteredAt: Date
    /// The last call.
    public let lastAccessAt: Date
    /// What it can do.
    public let capability: Capability
    /// What it did.
    public let statistics: ClientStatistics
}

/// What a client did; always `bucketsAssigned = bucketsDone + bucketsReleased + bucketsHeld`.
public struct ClientStatistics: Decodable, Hashable, Sendable {
    /// Leases granted to it.
    public let bucketsAssigned: Int
    /// Leases that ended with all users reported.
    public let bucketsDone: Int
    /// Leases that went past their deadline, each counted once.
    public let bucketsDead: Int
    /// Leases that ended with users left.
    public let bucketsReleased: Int
    /// Leases that it holds now.
    public let bucketsHeld: Int
    /// Accepted results by verdict.
    public let usersByVerdict: [String: Int]
    /// Faults by kind.
    public let faults: [String: Int]
    /// Users granted within the last window.
    public let usersInWindow: Int
    /// The share of its results that agreed with the verdict several clients made; `nil` before there is one.
    public let agreementRate: Double?
}
