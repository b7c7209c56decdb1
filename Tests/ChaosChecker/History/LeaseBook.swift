/// The leases of a history, each with the span in which it was certainly live.
struct LeaseBook {
    struct Lease {
        var id: String
        var service: String
        var client: String
        var users: [String]
        var grantedAt: Double
        /// An answer to the wish for it named all of its users.
        var isWhole: Bool
        /// The start of the first call that may have made it; the beginning of time when only its client's list has shown it.
        var asked: Double
        /// The end of the first answer that showed it: from here on it is certain.
        var answered: Double
        /// The latest deadline that was acknowledged.
        var deadline: Double
        /// From when on each user may have left it, by something its holder or an operator did.
        var mayEnd: [String: Double] = [:]
        /// When it was certainly over: the end of the first acknowledged call that ends it whole.
        var over: Double = .infinity
    }

    private(set) var leases: [String: Lease] = [:]
    /// The leases of each client: a long run has tens of thousands, and clients that leave often.
    private var ofClient: [String: [String]] = [:]

    init(_ history: History) {
        let calls = history.calls
        let horizon = Horizon(history)
        var wishes: [Wish: Double] = [:]
        for call in calls where call.kind == .lease {
            wishes[Wish(call)] = min(wishes[Wish(call)] ?? .infinity, call.start)
        }
        for call in calls {
            // An answer may show what an earlier call with the same key has made.
            let asked = call.kind == .lease ? wishes[Wish(call)] ?? call.start : -.infinity
            for grant in call.grants { enter(grant, of: call, asked: asked) }
        }
        for lease in leases.values { ofClient[lease.client, default: []].append(lease.id) }
        var reported: [String: Set<String>] = [:]
        for call in calls {
            follow(call, horizon)
            guard let id = call.lease, let lease = leases[id], lease.client == call.client else { continue }
            let rows = call.acknowledgedRows
            guard !rows.isEmpty else { continue }
            reported[id, default: []].formUnion(rows.map(\.user))
            // Calls are in the order in which they ended: this is the last that was needed.
            if lease.isWhole, reported[id]?.isSuperset(of: lease.users) ?? false { finish(id, at: call.end) }
        }
        endDeleted(calls, horizon)
    }

    /// Calls with one key are one wish.
    private struct Wish: Hashable {
        var client: String?
        var key: String?

        init(_ call: Call) {
            client = call.client
            key = call.key
        }
    }

    /// A deletion takes a user out of the leases that it was in, not out of those that were asked for when the deletion was over.
    private mutating func endDeleted(_ calls: [Call], _ horizon: Horizon) {
        let holders = Dictionary(
            grouping: leases.values.flatMap { lease in lease.users.map { ($0, lease.id) } }, by: \.0)
        for deletion in calls where deletion.kind == .delete && deletion.outcome.mayHaveHappened {
            let latest = horizon.latestEffect(of: deletion)
            for user in deletion.users {
                for (_, lease) in holders[user] ?? [] where leases[lease].map({ $0.asked <= latest }) ?? false {
                    end(user, of: lease, from: deletion.start)
                }
            }
        }
    }

    private mutating func enter(_ grant: Call.Grant, of call: Call, asked: Double) {
        guard let client = call.client else { return }
        let isWhole = call.kind == .lease
        // What is shown later may lack users that were reported meanwhile: the first answer names them all.
        guard var known = leases[grant.id] else {
            leases[grant.id] = Lease(
                id: grant.id, service: grant.service, client: client, users: grant.users, grantedAt: grant.grantedAt,
                isWhole: isWhole, asked: asked, answered: call.end, deadline: grant.deadline)
            return
        }
        known.users = Array(Set(known.users).union(grant.users)).sorted()
        known.asked = known.isWhole ? min(known.asked, isWhole ? asked : .infinity) : asked
        known.isWhole = known.isWhole || isWhole
        known.answered = min(known.answered, call.end)
        known.deadline = max(known.deadline, grant.deadline)
        leases[grant.id] = known
    }

    private mutating func follow(_ call: Call, _ horizon: Horizon) {
        switch call.kind {
        case .renew:
            if let id = call.lease, let deadline = call.deadline, var lease = leases[id],
                lease.client == call.client
            {
                lease.deadline = max(lease.deadline, deadline)
                leases[id] = lease
            }
        case .report where call.outcome.mayHaveHappened:
            guard let id = call.lease, let lease = leases[id], lease.client == call.client else { return }
            for user in call.release ? lease.users : call.rows.map(\.user) { end(user, of: id, from: call.start) }
            if call.release, call.outcome == .done { finish(id, at: call.end) }
        case .giveBack where call.outcome.mayHaveHappened:
            guard let id = call.lease, let lease = leases[id], lease.client == call.client else { return }
            for user in lease.users { end(user, of: id, from: call.start) }
            if call.outcome == .done { finish(id, at: call.end) }
        case .unregister where call.outcome.mayHaveHappened:
            let latest = horizon.latestEffect(of: call)
            for id in call.client.flatMap({ ofClient[$0] }) ?? [] {
                guard let lease = leases[id], lease.asked <= latest else { continue }
                for user in lease.users { end(user, of: lease.id, from: call.start) }
                // What was asked for after it began may belong to the next registration.
                if call.outcome == .done, lease.answered < call.start { finish(lease.id, at: call.end) }
            }
        default: break
        }
    }

    private mutating func end(_ user: String, of lease: String, from time: Double) {
        let known = leases[lease]?.mayEnd[user] ?? .infinity
        leases[lease]?.mayEnd[user] = min(known, time)
    }

    private mutating func finish(_ lease: String, at time: Double) {
        let known = leases[lease]?.over ?? .infinity
        leases[lease]?.over = min(known, time)
    }
}
