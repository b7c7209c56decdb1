import Foundation

/// What a look-up found.
public enum Verdict: String, Codable, Hashable, Sendable, CaseIterable {
    /// Anyone may send the account direct messages.
    case dm
    /// Not everyone may.
    case nonDM = "non_dm"
    /// No conclusion; it ends the task like any other verdict.
    case unknown
    /// There is no such account.
    case nonexistent
    /// The account's posts are protected.
    case protected
    /// The account is suspended.
    case suspended
}

/// One row of a report.
public struct CheckResult: Codable, Hashable, Sendable {
    /// The user it is about.
    public var screenName: String
    /// The account that was found under the name.
    public var accountID: String?
    /// What was found.
    public var verdict: Verdict
    /// The user follows the checker, so that a `dm` says nothing about others.
    public var followsChecker: Bool?
    /// When it was looked up.
    public var checkedAt: Date?
    /// A remark.
    public var note: String?

    /// A result.
    public init(
        screenName: String, accountID: String? = nil, verdict: Verdict, followsChecker: Bool? = nil,
        checkedAt: Date? = nil, note: String? = nil
    ) {
        self.screenName = screenName
        self.accountID = accountID
        self.verdict = verdict
        self.followsChecker = followsChecker
        self.checkedAt = checkedAt
        self.note = note
    }
}

/// The body of a report.
public struct Report: Codable, Hashable, Sendable {
    /// The rows.
    public var results: [CheckResult]
    /// Give back what is not reported.
    public var release: Bool

    /// A report.
    public init(results: [CheckResult], release: Bool = false) {
        self.results = results
        self.release = release
    }
}

/// The answer to a report; the four counts add up to the rows sent.
public struct Receipt: Decodable, Hashable, Sendable {
    /// A row that was refused.
    public struct Rejected: Decodable, Hashable, Sendable {
        /// Its place among the rows sent, from 0.
        public let index: Int
        /// The user it was about, as far as it could be read.
        public let screenName: String?
        /// Why: `notInBucket`, `accountMismatch`, `conflictsWithEarlier`, ...
        public let reason: String

        package init(index: Int, screenName: String?, reason: String) {
            self.index = index
            self.screenName = screenName
            self.reason = reason
        }
    }

    /// Rows stored.
    public let accepted: Int
    /// Rows that were known already.
    public let replayed: Int
    /// Rows about users that were deleted meanwhile.
    public let discarded: Int
    /// Rows refused.
    public let rejected: [Rejected]
    /// Users still to be reported.
    public let remaining: Int
    /// `open`, `done` or `released`.
    public let state: String

    package init(accepted: Int, rejected: [Rejected] = [], remaining: Int, state: String) {
        self.accepted = accepted
        replayed = 0
        discarded = 0
        self.rejected = rejected
        self.remaining = remaining
        self.state = state
    }
}
