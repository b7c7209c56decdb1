/// I3 for what is not a result of a user in the lease: nobody but its holder does anything with a lease, nothing is done with one that
/// has ended, and no row is taken for a user that is not in it.
enum Holders {
    static func check(_ calls: [Call], _ book: LeaseBook) -> [Violation] {
        calls.filter { $0.outcome == .done }.compactMap { call in
            guard let id = call.lease, let lease = book.leases[id] else { return nil }
            guard lease.client == call.client else { return stranger(call, lease) }
            switch call.kind {
            case .report: return outsiders(call, lease)
            case .renew where call.start > lease.over:
                return Violation(
                    .i3,
                    "\(id), which had ended at \(stamp(lease.over)), was renewed at \(stamp(call.end)) by \(call.node)")
            default: return nil
            }
        }
    }

    private static func stranger(_ call: Call, _ lease: LeaseBook.Lease) -> Violation? {
        // Results that count are another matter.
        guard [.report, .renew, .giveBack].contains(call.kind), call.accepted == 0 else { return nil }
        return Violation(
            .i3,
            "\(call.kind.rawValue) of \(call.client ?? "nobody") under \(lease.id), which is \(lease.client)'s, was answered "
                + "\(call.status ?? 0) by \(call.node) at \(stamp(call.end))")
    }

    /// A row that was discarded is none that counts, and the answer does not say which one it was.
    private static func outsiders(_ call: Call, _ lease: LeaseBook.Lease) -> Violation? {
        guard lease.isWhole, call.malformed == nil else { return nil }
        let known = Set(lease.users).union(call.rejected)
        let outsiders = call.rows.map(\.user).filter { !known.contains($0) }
        guard outsiders.count > call.discarded else { return nil }
        return Violation(
            .i3,
            "results for \(outsiders.joined(separator: ", ")) were taken at \(stamp(call.end)) under \(lease.id), which has no such "
                + "users")
    }
}
