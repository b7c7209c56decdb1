/// I1: a user is in at most one live lease of a service.
///
/// A lease is certainly live from the first answer that showed it to the first moment at which something may have ended
/// it: a call that began then, whatever became of it, or the end of the grace period. Two such spans of one user that
/// share a moment are two holders at once, whatever happened to the calls of unknown outcome.
enum LiveLeases {
    private struct Span {
        var lease: String
        var client: String
        var from: Double
        var to: Double
    }

    /// How many of the leases were certainly live at some moment, so that they can be compared with others.
    static func compared(_ book: LeaseBook, settings: Settings) -> Int {
        Set(spans(book, settings).values.joined().map(\.lease)).count
    }

    static func check(_ book: LeaseBook, settings: Settings) -> [Violation] {
        let spans = spans(book, settings)
        var found: [Violation] = []
        for (user, spans) in spans.sorted(by: { $0.key < $1.key }) where spans.count > 1 {
            let spans = spans.sorted { $0.from < $1.from }
            for (earlier, later) in zip(spans, spans.dropFirst()) where later.from <= earlier.to {
                found.append(
                    Violation(
                        .i1,
                        "\(user) was in lease \(earlier.lease) of \(earlier.client) until \(stamp(earlier.to)) at least, "
                            + "and from \(stamp(later.from)) on in lease \(later.lease) of \(later.client)"))
            }
        }
        return found
    }

    /// By service and user.
    private static func spans(_ book: LeaseBook, _ settings: Settings) -> [String: [Span]] {
        var spans: [String: [Span]] = [:]
        for lease in book.leases.values {
            let expiry = lease.deadline + settings.graceSeconds - settings.clockSlackSeconds
            for user in lease.users {
                let end = min(expiry, lease.mayEnd[user] ?? .infinity)
                guard lease.answered <= end else { continue }
                spans["\(lease.service)/\(user)", default: []].append(
                    Span(lease: lease.id, client: lease.client, from: lease.answered, to: end))
            }
        }
        return spans
    }
}
