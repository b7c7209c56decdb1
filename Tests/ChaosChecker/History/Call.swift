/// One request of one client as that client saw it; a request that is made again is another call.
///
/// Times are seconds since 1970 by the clock that driver and nodes share.
package struct Call: Codable, Sendable {
    package enum Kind: String, Codable, Sendable {
        case register, unregister, lease, recollect, report, renew, giveBack
        case add, mark, delete, recheck
    }

    /// What the caller may conclude.
    package enum Outcome: String, Codable, Sendable {
        /// Acknowledged: 2xx.
        case done
        /// An answer that says no: 4xx. Nothing has changed.
        case refused
        /// It did not happen: the answer says so, or nobody was there to hear it.
        case notApplied
        /// It may have happened, or may still happen.
        case unknown

        /// Whether the system may have changed because of it.
        var mayHaveHappened: Bool { self == .done || self == .unknown }
    }

    /// A lease as an answer showed it.
    package struct Grant: Codable, Sendable {
        package var id: String
        package var service: String
        package var grantedAt: Double
        package var deadline: Double
        package var users: [String]

        package init(id: String, service: String, grantedAt: Double, deadline: Double, users: [String]) {
            self.id = id
            self.service = service
            self.grantedAt = grantedAt
            self.deadline = deadline
            self.users = users
        }
    }

    /// A result as it was sent.
    package struct Row: Codable, Sendable {
        package var user: String
        package var verdict: String

        package init(user: String, verdict: String) {
            self.user = user
            self.verdict = verdict
        }
    }

    package var actor: String
    package var node: String
    package var kind: Kind
    package var start: Double
    package var end: Double
    package var status: Int?
    package var outcome: Outcome
    /// The client in whose name it was made.
    package var client: String?
    /// The `Idempotency-Key`: calls with the same one are the same wish.
    package var key: String?
    /// How many leases were asked for.
    package var asked = 0
    package var lease: String?
    package var grants: [Grant] = []
    package var rows: [Row] = []
    package var accepted = 0
    package var replayed = 0
    package var discarded = 0
    package var rejected: [String] = []
    package var release = false
    /// The deadline that a renewal was answered with.
    package var deadline: Double?
    /// Whom an operator's call names.
    package var users: [String] = []
    /// Why there is no answer, or what a problem said.
    package var detail: String?
    /// Why the body of an answer that says yes is not what the interface says.
    package var malformed: String?
    /// The caller went away on purpose before there was an answer: that it has none is no failure.
    package var isAbandoned: Bool?

    package init(
        actor: String, node: String, kind: Kind, start: Double, end: Double, status: Int?, outcome: Outcome
    ) {
        self.actor = actor
        self.node = node
        self.kind = kind
        self.start = start
        self.end = end
        self.status = status
        self.outcome = outcome
    }

    /// Whether it writes.
    var isWrite: Bool { kind != .recollect }

    /// Whether it came to nothing, or nobody knows, although its caller waited.
    var hasFailed: Bool { (outcome == .notApplied || outcome == .unknown) && isAbandoned != true }

    /// The rows that the answer says are stored under this lease: all that were neither rejected nor discarded. With a
    /// discarded row the answer does not say which one it was: then none is certain.
    var acknowledgedRows: [Row] {
        guard kind == .report, outcome == .done, discarded == 0, malformed == nil else { return [] }
        let refused = Set(rejected)
        return rows.filter { !refused.contains($0.user) }
    }
}
