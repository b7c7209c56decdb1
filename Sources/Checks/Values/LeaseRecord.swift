/// A lease as its holder sees it.
public struct LeaseRecord: Hashable, Sendable {
    public var id: LeaseID
    public var service: ServiceName
    public var grantedAt: Timestamp
    public var deadline: Timestamp
    /// Which attempt at the bucket's users this is, from 1.
    public var attempt: Int
    /// Whether this lease took a report yet. A lease is `slow` when half of its time passed without one.
    public var reported: Bool
    /// The users still to be reported, in the bucket's order.
    public var users: [UserReference]

    /// A lease.
    public init(
        id: LeaseID, service: ServiceName, grantedAt: Timestamp, deadline: Timestamp, attempt: Int, reported: Bool,
        users: [UserReference]
    ) {
        self.id = id
        self.service = service
        self.grantedAt = grantedAt
        self.deadline = deadline
        self.attempt = attempt
        self.reported = reported
        self.users = users
    }
}

/// A user, named.
public struct UserReference: Hashable, Sendable {
    public var screenName: ScreenName
    public var accountID: AccountID?

    /// A user.
    public init(screenName: ScreenName, accountID: AccountID? = nil) {
        self.screenName = screenName
        self.accountID = accountID
    }
}

/// One well-formed row of a report.
public struct ReportedResult: Hashable, Sendable {
    public var screenName: ScreenName
    public var accountID: AccountID?
    public var verdict: Verdict
    /// The user follows the checker, so that a `dm` says nothing about others (N14).
    public var followsChecker: Bool
    public var checkedAt: Timestamp?
    /// At most ``Limits/noteLength`` bytes.
    public var note: String?

    /// A row.
    public init(
        screenName: ScreenName, accountID: AccountID? = nil, verdict: Verdict, followsChecker: Bool = false,
        checkedAt: Timestamp? = nil, note: String? = nil
    ) {
        self.screenName = screenName
        self.accountID = accountID
        self.verdict = verdict
        self.followsChecker = followsChecker
        self.checkedAt = checkedAt
        self.note = note
    }
}

/// Why a row of a report was not taken.
public enum RowRejection: String, Hashable, Sendable {
    case notInBucket, invalidVerdict, invalidScreenName, accountMismatch, malformedRow, conflictsWithEarlier
}

/// What became of a report. The four counts are disjoint and add up to the rows handed to apply.
public struct ReportReceipt: Hashable, Sendable {
    /// How the lease stands after the report.
    public enum State: String, Hashable, Sendable { case open, done, released }

    /// A row that was not taken: its position among the rows handed to apply.
    public struct Rejected: Hashable, Sendable {
        public var row: Int
        public var reason: RowRejection

        public init(row: Int, reason: RowRejection) {
            self.row = row
            self.reason = reason
        }
    }

    public var accepted = 0
    public var replayed = 0
    public var discarded = 0
    public var rejected: [Rejected] = []
    public var remaining = 0
    public var state = State.open

    /// Nothing yet.
    public init() {}
}
