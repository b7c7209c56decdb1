extension ShardMachine {
    /// Answers from everything applied, committed to the file or not. Changes nothing.
    public func query(_ query: Query) throws -> QueryResult {
        if let answer = try home.query(query) { return answer }
        switch query {
        case .openWork:
            let work = try home.openWork()
            return .openWork(
                OpenWork(
                    undecided: work.undecided, ending: work.ending, outbox: channels.heads, jobs: users.jobs.count > 0))
        case .lease(let lease, let client, let secret): return try users.lease(lease, client, secret)
        case .leaseAsGranted(let lease, let client): return try users.leaseAsGranted(lease, client)
        case .leases(let leases, let client): return try users.leases(leases, client)
        case .users(let filter, let page): return try users.list(filter, page)
        case .user(let name, let asOf): return try users.show(name, asOf: asOf)
        case .events(let name, let page): return try users.trace(name, page)
        case .counts(let service): return .counts(try users.counts(service))
        case .export(let service, let page): return try users.export(service, page)
        case .outbox(let target, let after, let limit):
            let found = try channels.events(target, after: after, limit: limit)
            return .outbox(first: found.first, events: found.events)
        case .statistics:
            var statistics = try users.statistics()
            statistics.clients = try home.clientCounts()
            return .statistics(statistics)
        case .digest: return .digest(try digest())
        case .authenticate, .mayLease, .client, .clients, .activity, .slots:
            preconditionFailure("every query of the home role has an answer")
        }
    }
}
