/// A lease in a volunteer's hands, and where each of its users is: not handed out yet, in the checker, found out, on its
/// way to the cluster, or without an answer.
struct HeldLease: Sendable {
    /// How the checker's session for this lease stands.
    enum Session: Sendable {
        /// None; one may begin from this moment.
        case none(notBefore: Double)
        /// It takes users; whether it gave a result yet.
        case open(productive: Bool)
        /// It was told that no more users come.
        case closed(productive: Bool)
    }

    /// A result that waits to be reported, and since when.
    struct Row: Sendable {
        let result: CheckResult
        let since: Double
    }

    let id: String
    let service: String
    /// When it dies, by the volunteer's clock.
    private(set) var deadline: Double
    /// When to ask for more time.
    private(set) var renewAt: Double
    /// A renewal would move the deadline.
    var renewable = true
    var session = Session.none(notBefore: -.infinity)
    /// Users not handed to the checker yet, in the bucket's order.
    var waiting: ArraySlice<UserReference>
    /// Users in the checker, by folded name.
    var inHand: [String: UserReference] = [:]
    /// Results not reported yet.
    var rows: [Row] = []
    /// Results on their way.
    var reporting: [Row] = []
    /// Users on whom the checker gave no result.
    var unanswered = 0
    /// What is left goes back with the next report.
    var releasing = false
    var report = Retry()
    var renewal = Retry()

    init(_ lease: Lease, deadline: Double, now: Double) {
        id = lease.id
        service = lease.service
        waiting = lease.users[...]
        self.deadline = deadline
        renewAt = now
        extend(to: deadline, now: now)
    }

    /// Takes a new deadline; asks for the next when two thirds of the time to it are over.
    mutating func extend(to deadline: Double, now: Double) {
        self.deadline = deadline
        renewAt = now + max(0, deadline - now) * 2 / 3
    }

    /// The checker has nothing more to say about it.
    var isChecked: Bool { waiting.isEmpty && inHand.isEmpty }

    /// A session is under way.
    var hasSession: Bool {
        if case .none = session { false } else { true }
    }

    /// Results that the cluster did not confirm.
    var unreported: Int { rows.count + reporting.count }

    /// Whether a report should leave now.
    func isReportDue(now: Double, stopping: Bool) -> Bool {
        if stopping || isChecked || rows.count >= Limits.rowsPerReport { return true }
        guard let first = rows.first else { return false }
        return now >= reportAt(first)
    }

    /// When a report should leave at the latest; `nil` while there is nothing to report.
    var reportAt: Double? { rows.first.map(reportAt) }

    /// In time for the row's age, and before the lease dies.
    private func reportAt(_ first: Row) -> Double {
        min(first.since + Limits.reportAgeSeconds, max(first.since, deadline - Limits.reportAgeSeconds))
    }
}
