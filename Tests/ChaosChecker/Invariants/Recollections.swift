/// I2 for what ends leases: a client's list shows none that had ended when it asked, and no user that it had reported by then.
enum Recollections {
    static func check(_ calls: [Call], _ book: LeaseBook) -> [Violation] {
        var reported: [String: [String: Double]] = [:]
        for call in calls {
            guard let lease = call.lease else { continue }
            for row in call.acknowledgedRows {
                reported[lease, default: [:]][row.user] = min(reported[lease]?[row.user] ?? .infinity, call.end)
            }
        }
        return calls.filter { $0.kind == .recollect && $0.outcome == .done }.flatMap { call in
            call.grants.compactMap { grant in
                if let lease = book.leases[grant.id], lease.over < call.start {
                    return Violation(
                        .i2,
                        "\(grant.id), which had ended at \(stamp(lease.over)), is in a list that \(call.node) was asked for at "
                            + stamp(call.start))
                }
                guard let times = reported[grant.id] else { return nil }
                return grant.users.first { (times[$0] ?? .infinity) < call.start }.map {
                    Violation(
                        .i2,
                        "\($0), reported under \(grant.id) at \(stamp(times[$0] ?? 0)), is still to be reported by a list that "
                            + "\(call.node) was asked for at \(stamp(call.start))")
                }
            }
        }
    }
}
