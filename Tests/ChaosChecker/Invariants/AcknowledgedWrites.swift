/// I2: what was acknowledged is there.
enum AcknowledgedWrites {
    static func check(_ history: History) -> [Violation] {
        let deleted = Dictionary(
            grouping: history.calls.filter { $0.kind == .delete && $0.outcome.mayHaveHappened }
                .flatMap { call in call.users.map { ($0, call.latestEffect) } }, by: \.0
        ).mapValues { $0.map(\.1).max() ?? 0 }
        /// Whether a deletion may have come after what began then.
        func mayBeDeleted(_ user: String, since start: Double) -> Bool { (deleted[user] ?? -1) >= start }

        var found: [Violation] = []
        var missing: Set<String> = []
        for call in history.calls where call.outcome == .done {
            switch call.kind {
            case .add:
                for user in call.users where !mayBeDeleted(user, since: call.start) {
                    let known = history.final.users[user] != nil && history.final.exported.contains(user)
                    if !known, missing.insert(user).inserted {
                        found.append(Violation(.i2, "user \(user), added at \(stamp(call.end)), is not there"))
                    }
                }
            case .report:
                for row in call.acknowledgedRows where !mayBeDeleted(row.user, since: call.start) {
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
            case .register:
                if let client = call.client, history.final.clients[client] == nil, missing.insert("/\(client)").inserted
                {
                    found.append(Violation(.i2, "client \(client), registered at \(stamp(call.end)), is not there"))
                }
            default: break
            }
        }
        return found
    }
}
