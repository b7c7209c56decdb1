/// A lease as its holder sees it.
public struct LeaseRecord: Hashable, Sendable {
    /// Its id.
    public var id: LeaseID
    /// Of which service.
    public var service: ServiceName
    /// When it was granted.
    public var grantedAt: Timestamp
    /// Until when it may be reported or renewed without counting as dead.
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
    /// The name.
    public var screenName: ScreenName
    /// The account's number, if it is known.
    public var accountID: AccountID?

    /// A user.
    public init(screenName: ScreenName, accountID: AccountID? = nil) {
        self.screenName = screenName
        self.accountID = accountID
    }
}

/// One well-formed row of a report.
public struct ReportedResult: Hashable, Sendable {
    /// Of whom.
    public var screenName: ScreenName
    /// The account that was looked at, if the client says so.
    public var accountID: AccountID?
    /// What was found.
    public var verdict: Verdict
    /// The user follows the checker, so that a `dm` says nothing about others (N14).
    public var followsChecker: Bool
    /// When, by the client's clock.
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
        /// Which row.
        public var row: Int
        /// Why.
        public var reason: RowRejection

        /// Puts one together.
        public init(row: Int, reason: RowRejection) {
            self.row = row
            self.reason = reason
        }
    }

    /// Rows taken.
    public var accepted = 0
    /// Rows that had been taken before.
    public var replayed = 0
    /// Rows for users that were deleted meanwhile.
    public var discarded = 0
    /// Rows that were not taken.
    public var rejected: [Rejected] = []
    /// Users still to be reported.
    public var remaining = 0
    /// How the lease stands now.
    public var state = State.open

    /// Nothing yet.
    public init() {}
}
