/// I4 for results: each is counted once with its client, however often it was sent; and when all work has ended nobody holds
/// anything.
enum ClientResults {
    static func check(_ history: History) -> [Violation] {
        /// By client, what was certainly stored and what may have been: a lease and a user each.
        var certain: [String: Set<String>] = [:]
        var possible: [String: Set<String>] = [:]
        for call in history.calls where call.kind == .report && call.outcome.mayHaveHappened {
            guard let client = call.client, let lease = call.lease else { continue }
            certain[client, default: []].formUnion(call.acknowledgedRows.map { "\(lease)/\($0.user)" })
            // With a discarded row the answer does not say which were stored.
            guard call.outcome == .unknown || call.discarded > 0 else { continue }
            possible[client, default: []].formUnion(call.rows.map { "\(lease)/\($0.user)" })
        }
        var found: [Violation] = []
        for (id, client) in history.final.clients.sorted(by: { $0.key < $1.key }) {
            let stored = certain[id] ?? []
            let most = stored.union(possible[id] ?? []).count
            if let results = client.results, !(stored.count...most).contains(results) {
                found.append(
                    Violation(
                        .i4, "client \(id): \(results) results are counted, and \(stored.count) to \(most) were stored")
                )
            }
            if client.held > 0, history.final.hasEnded {
                found.append(Violation(.i4, "client \(id) holds \(client.held) leases, and none can live any more"))
            }
        }
        return found
    }
}
