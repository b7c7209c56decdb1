/// I2: what was acknowledged is there.
enum AcknowledgedWrites {
    static func check(_ history: History) -> [Violation] {
        let deletions = UserDeletions(history)
        var found: [Violation] = []
        var missing: Set<String> = []
        for call in history.calls where call.outcome == .done {
            switch call.kind {
            case .add:
                for user in call.users where !deletions.mayHaveTaken(user, since: call.start) {
                    let known = history.final.users[user] != nil && history.final.exported.contains(user)
                    if !known, missing.insert(user).inserted {
                        found.append(Violation(.i2, "user \(user), added at \(stamp(call.end)), is not there"))
                    }
                }
            case .mark:
                // Everyone who is there was marked when it was added, too.
                for user in call.users where history.final.users[user]?.state == "unmarked" {
                    guard !deletions.mayHaveTaken(user, since: call.start) else { continue }
                    if missing.insert("!\(user)").inserted {
                        found.append(Violation(.i2, "\(user), marked at \(stamp(call.end)), has no task"))
                    }
                }
            case .report:
                for row in call.acknowledgedRows where !deletions.mayHaveTaken(row.user, since: call.start) {
                    guard let lease = call.lease, !missing.contains(row.user) else { continue }
                    let verdicts = history.final.users[row.user]?.verdicts ?? []
                    let stored = verdicts.contains { $0.verdict == row.verdict && $0.leases.contains(lease) }
                    if !stored, missing.insert("\(lease)/\(row.user)").inserted {
                        found.append(
                            Violation(
                                .i2,
                                "\(row.user) \(row.verdict) under \(lease), acknowledged by \(call.node) at "
                                    + "\(stamp(call.end)), is not there"))
                    }
                }
            default: break
            }
        }
        return found
    }
}

/// When users may have been deleted.
struct UserDeletions {
    private let latest: [String: Double]

    init(_ history: History) {
        let horizon = Horizon(history)
        latest = Dictionary(
            history.calls.filter { $0.kind == .delete && $0.outcome.mayHaveHappened }
                .flatMap { call in call.users.map { ($0, horizon.latestEffect(of: call)) } }, uniquingKeysWith: max)
    }

    /// Whether a deletion may have come after what began then.
    func mayHaveTaken(_ user: String, since start: Double) -> Bool { (latest[user] ?? -.infinity) >= start }
}
