import Foundation

/// A marking that goes with users being added.
public struct Mark: Codable, Hashable, Sendable {
    /// The service to check them for.
    public var service: String
    /// `normal` (when left out) or `urgent`.
    public var priority: String?

    /// A marking.
    public init(service: String, priority: String? = nil) {
        self.service = service
        self.priority = priority
    }
}

/// The body of an addition of users.
public struct Addition: Codable, Hashable, Sendable {
    /// The users.
    public var users: [UserReference]
    /// What to check them for, if anything.
    public var mark: Mark?

    /// An addition.
    public init(users: [UserReference], mark: Mark? = nil) {
        self.users = users
        self.mark = mark
    }
}

/// What became of users that were added.
public struct ImportOutcome: Decodable, Hashable, Sendable {
    /// A row that was not taken.
    public struct InvalidRow: Decodable, Hashable, Sendable {
        /// The row's line, from 1; a CSV's header is line 1.
        public let line: Int
        /// What stood there.
        public let value: String?
        /// Why it was not taken.
        public let reason: String
    }

    /// New users.
    public let added: Int
    /// Users that were known.
    public let existing: Int
    /// New tasks.
    public let marked: Int
    /// Rows that were not taken.
    public let invalidCount: Int
    /// The first hundred of them.
    public let invalid: [InvalidRow]
}

/// A user in a listing.
public struct UserRow: Decodable, Hashable, Sendable {
    /// The screen name.
    public let screenName: String
    /// The account's number, where it is known.
    public let accountID: String?
    /// `unmarked`, `pending`, `bucketed`, `leased`, `done` or `failed`.
    public let state: String
    /// `normal` or `urgent`; `nil` for a user that is not marked.
    public let priority: String?
    /// Attempts so far.
    public let attempt: Int?
}

/// All that is known of a user.
public struct UserRecord: Decodable, Hashable, Sendable {
    /// A task of the user.
    public struct Task: Decodable, Hashable, Sendable {
        /// The service.
        public let service: String
        /// `unmarked`, `pending`, `bucketed`, `leased`, `done` or `failed`.
        public let state: String
        /// `normal` or `urgent`; `nil` for a user that is not marked.
        public let priority: String?
        /// Attempts so far.
        public let attempt: Int?
    }

    /// What the cluster believes, or believed, and whose word it is.
    public struct VerdictPeriod: Decodable, Hashable, Sendable {
        /// The service.
        public let service: String
        /// What was found.
        public let verdict: String
        /// The user follows the checker: no verdict about others.
        public let conditional: Bool
        /// Since when it is believed.
        public let validFrom: Date
        /// `nil`: still valid.
        public let validTo: Date?
        /// The clients that said so.
        public let clients: [String]
        /// The leases under which they said so.
        public let leases: [String]
    }

    /// The screen name.
    public let screenName: String
    /// The account's number, where it is known.
    public let accountID: String?
    /// When it was added.
    public let addedAt: Date
    /// What it is checked for.
    public let tasks: [Task]
    /// What is and was believed, oldest first.
    public let verdicts: [VerdictPeriod]
}

/// A line of a log: a moment, a kind, and fields that depend on the kind.
public struct Event: Decodable, Hashable, Sendable {
    /// When it happened.
    public let at: Date
    /// What happened.
    public let kind: String
    /// Everything else that is said about it.
    public let fields: [String: JSONValue]

    private enum CodingKeys: String, CodingKey { case at, kind }

    /// Reads the two known fields and keeps the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        at = try container.decode(Date.self, forKey: .at)
        kind = try container.decode(String.self, forKey: .kind)
        fields = try [String: JSONValue](from: decoder).filter { $0.key != "at" && $0.key != "kind" }
    }
}
