import Foundation

/// A user, named. An account id is a string: 64-bit ids do not survive JSON numbers.
public struct UserReference: Codable, Hashable, Sendable {
    /// The screen name.
    public var screenName: String
    /// The platform's number of the account, 1-19 digits, where it is known.
    public var accountID: String?

    /// A user.
    public init(screenName: String, accountID: String? = nil) {
        self.screenName = screenName
        self.accountID = accountID
    }
}

/// An exclusive right, for a time, to report on the users of a bucket.
public struct Lease: Decodable, Hashable, Sendable {
    /// Unguessable, compared as an exact string.
    public let id: String
    /// The service that the users are checked for.
    public let service: String
    /// When it was granted, by the node's clock.
    public let grantedAt: Date
    /// Until when it lasts unless renewed, by the node's clock.
    public let deadline: Date
    /// `open`, or `dead`: past its deadline, results still taken until the grace period ends.
    public let state: String
    /// Half of its time has passed without a report.
    public let slow: Bool?
    /// Which attempt at these users it is, from 1.
    public let attempt: Int?
    /// The users still to be reported.
    public let users: [UserReference]
    /// How many they are.
    public let remaining: Int

    package init(
        id: String, service: String, grantedAt: Date, deadline: Date, state: String = "open", users: [UserReference]
    ) {
        self.id = id
        self.service = service
        self.grantedAt = grantedAt
        self.deadline = deadline
        self.state = state
        slow = false
        attempt = 1
        self.users = users
        remaining = users.count
    }
}

/// The body of a lease request.
public struct LeaseRequest: Codable, Hashable, Sendable {
    /// The service to work for; left out: `dmcheck`.
    public var service: String?
    /// Leases wanted.
    public var count: Int
    /// How long the node may wait for work, 0-30.
    public var waitSeconds: Int

    /// A request.
    public init(service: String? = nil, count: Int = 1, waitSeconds: Int = 0) {
        self.service = service
        self.count = count
        self.waitSeconds = waitSeconds
    }
}

/// The answer to a lease request.
public struct Grant: Decodable, Hashable, Sendable {
    /// Leases asked for.
    public let requested: Int
    /// Leases given.
    public let granted: Int
    /// Leases that this client may hold at once.
    public let cap: Int
    /// Leases that it holds now.
    public let outstanding: Int
    /// The leases given.
    public let leases: [Lease]
    /// When to ask again, if nothing was given.
    public let retryAfterSeconds: Double?

    package init(leases: [Lease], requested: Int, cap: Int, outstanding: Int, retryAfterSeconds: Double?) {
        self.requested = requested
        granted = leases.count
        self.cap = cap
        self.outstanding = outstanding
        self.leases = leases
        self.retryAfterSeconds = retryAfterSeconds
    }
}

/// The answer to a renewal.
public struct Renewal: Decodable, Hashable, Sendable {
    /// The new deadline, by the node's clock.
    public let deadline: Date

    package init(deadline: Date) { self.deadline = deadline }
}
