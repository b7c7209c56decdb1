/// I3: no result from anyone but the holder counts, and none under an ended lease.
enum Fencing {
    static func check(_ history: History, _ book: LeaseBook) -> [Violation] {
        strangers(history.calls, book) + late(history.calls, book) + twice(history.calls, Horizon(history))
    }

    private static func strangers(_ calls: [Call], _ book: LeaseBook) -> [Violation] {
        calls.filter { $0.kind == .report && $0.accepted > 0 }.compactMap { call in
            guard let id = call.lease else { return nil }
            guard let lease = book.leases[id] else {
                return Violation(.i3, "\(call.accepted) results were accepted under \(id), which nobody was granted")
            }
            return lease.client == call.client
                ? nil
                : Violation(
                    .i3,
                    "results of \(call.client ?? "nobody") were accepted at \(stamp(call.end)) under \(id), "
                        + "which is \(lease.client)'s")
        }
    }

    private static func late(_ calls: [Call], _ book: LeaseBook) -> [Violation] {
        /// For each user its leases, by the time of the answer that showed them.
        var later: [String: [LeaseBook.Lease]] = [:]
        for lease in book.leases.values {
            for user in lease.users { later["\(lease.service)/\(user)", default: []].append(lease) }
        }
        return calls.filter { $0.kind == .report && $0.accepted > 0 }.compactMap { call in
            guard let id = call.lease, let lease = book.leases[id] else { return nil }
            if call.start > lease.over {
                return Violation(
                    .i3,
                    "results were accepted at \(stamp(call.end)) under \(id), which had ended at \(stamp(lease.over))")
            }
            // Only when every row counted as new is it certain that this one did.
            guard call.accepted == call.rows.count - call.rejected.count else { return nil }
            let successor = call.acknowledgedRows.lazy.compactMap { row in
                later["\(lease.service)/\(row.user)"]?.first {
                    $0.id != id && $0.grantedAt > lease.grantedAt && $0.answered < call.start
                }
            }.first
            return successor.map {
                Violation(
                    .i3,
                    "results were accepted at \(stamp(call.end)) under \(id), whose users \($0.client) had by then in "
                        + $0.id)
            }
        }
    }

    /// A result under a second lease needs a recheck, or a new life of the user, between the two.
    private static func twice(_ calls: [Call], _ horizon: Horizon) -> [Violation] {
        struct Acceptance {
            var lease: String
            var from: Double
            var to: Double
        }
        var first: [String: Double] = [:]
        for call in calls where call.kind == .report && call.outcome.mayHaveHappened {
            for row in call.rows {
                let key = "\(call.lease ?? "")/\(row.user)"
                first[key] = min(first[key] ?? .infinity, call.start)
            }
        }
        var acceptances: [String: [String: Acceptance]] = [:]
        for call in calls {
            for row in call.acknowledgedRows {
                guard let lease = call.lease else { continue }
                let from = first["\(lease)/\(row.user)"] ?? call.start
                let known = acceptances[row.user]?[lease]
                acceptances[row.user, default: [:]][lease] = Acceptance(
                    lease: lease, from: from, to: min(known?.to ?? .infinity, call.end))
            }
        }
        let renewals = Dictionary(
            grouping: calls.filter { ($0.kind == .recheck || $0.kind == .delete) && $0.outcome.mayHaveHappened }
                .flatMap { call in
                    call.users.map { (user: $0, from: call.start, to: horizon.latestEffect(of: call)) }
                }, by: \.user)
        var found: [Violation] = []
        for (user, leases) in acceptances.sorted(by: { $0.key < $1.key }) where leases.count > 1 {
            let leases = leases.values.sorted { $0.from < $1.from }
            for (earlier, later) in zip(leases, leases.dropFirst()) {
                let asked = renewals[user]?.contains { $0.from <= later.to && $0.to >= earlier.from } ?? false
                if !asked {
                    found.append(
                        Violation(
                            .i3,
                            "\(user) was accepted under \(earlier.lease) and again under \(later.lease) without a recheck"
                        )
                    )
                }
            }
        }
        return found
    }
}
