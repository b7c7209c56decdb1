/// I2 for rechecks: a task that was requeued, or waited, and is done has a verdict from after that.
enum Rechecks {
    static func check(_ history: History) -> [Violation] {
        let horizon = Horizon(history)
        let deletions = UserDeletions(history)
        var rechecks: [String: Call] = [:]
        for call in history.calls where call.kind == .recheck && call.outcome == .done {
            for user in call.users where (rechecks[user]?.start ?? -.infinity) < call.start { rechecks[user] = call }
        }
        var reports: [String: Double] = [:]
        for call in history.calls where call.kind == .report && call.outcome.mayHaveHappened {
            for row in call.rows where rechecks[row.user] != nil {
                let key = "\(call.lease ?? "")/\(row.user)"
                reports[key] = max(reports[key] ?? -.infinity, horizon.latestEffect(of: call))
            }
        }
        return rechecks.sorted { $0.key < $1.key }.compactMap { name, recheck in
            // One that failed has had its attempts, and one that was deleted meanwhile begins anew.
            guard let user = history.final.users[name], user.state == "done",
                !deletions.mayHaveTaken(name, since: recheck.start)
            else { return nil }
            let isNewer = user.verdicts.contains { verdict in
                verdict.validFrom >= recheck.start - history.settings.clockSlackSeconds
                    || verdict.leases.contains { reports["\($0)/\(name)"].map { $0 >= recheck.start } ?? false }
            }
            return isNewer
                ? nil
                : Violation(
                    .i2, "\(name), whose recheck was acknowledged at \(stamp(recheck.end)), has no verdict since")
        }
    }
}
