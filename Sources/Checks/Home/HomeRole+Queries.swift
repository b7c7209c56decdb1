extension HomeRole {
    /// Answers a query of the home role; `nil` when it is not one.
    func query(_ query: Query) throws -> QueryResult? {
        switch query {
        case .authenticate(let id, let secret):
            guard let client = try clients.find(id), client.isRegistered, client.secret.matches(secret) else {
                return .refused(.unauthenticated)
            }
            return .authenticated
        case .mayLease(let reservation): return try mayLease(reservation)
        case .client(let id):
            guard let client = try clients.find(id) else { return .refused(.unknownClient) }
            return .client(client.record(at: context.now))
        case .clients(let page): return .clients(try list(page))
        case .activity(let id, let from, let to, let page):
            guard try clients.find(id) != nil else { return .refused(.unknownClient) }
            return .activity(try activity.list(id, from: from, to: to, page: page))
        case .slots(let id): return .slots(slots.open(of: id).map(\.ask))
        default: return nil
        }
    }

    private func mayLease(_ reservation: Reservation) throws -> QueryResult {
        switch try admission(reservation) {
        case .refused(let refusal): .refused(refusal)
        case .replay(let answer), .nothing(let answer), .open(_, _, let answer, _, _): .mayLease(answer)
        }
    }

    private func list(_ page: Page) throws -> Listing<ClientRecord> {
        var after: UInt64?
        if let position = page.after {
            var reader = PackedReader(position)
            after = reader.varint()
        }
        let found = try clients.list(after: after, limit: page.limit)
        guard found.count == page.limit, let last = found.last else {
            return Listing(items: found.map { $0.record(at: context.now) }, next: nil)
        }
        var writer = PackedWriter()
        writer.varint(last.id.rawValue)
        return Listing(items: found.map { $0.record(at: context.now) }, next: writer.bytes)
    }

    /// What a new leader takes up: slots without an outcome, and endings under way.
    func openWork() throws -> (undecided: [OpenWork.ClientSlot], ending: [OpenWork.Ending]) {
        let undecided = slots.undecided.map { OpenWork.ClientSlot(client: $0.client, ask: $0.ask) }
        let ending = try clients.endingClients().compactMap { id in
            try clients.find(id).map {
                OpenWork.Ending(client: id, generation: $0.generation, open: slots.open(of: id).map(\.ask))
            }
        }
        return (undecided, ending)
    }

    /// How many clients are in which state, in the order of ``ClientState``.
    func clientCounts() throws -> [ShardStatistics.ClientStateCount] {
        let counts = try clients.counts()
        func sum(_ standings: HomeClient.Standing...) -> Int { standings.reduce(0) { $0 + (counts[$1] ?? 0) } }
        return [
            .init(state: .active, count: sum(.active)),
            .init(state: .unregistered, count: sum(.ending, .unregistered, .reset)),
            .init(state: .throttled, count: sum(.throttled)),
            .init(state: .quarantined, count: sum(.quarantined)),
        ]
    }
}
