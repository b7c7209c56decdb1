/// I4: `assigned = done + released + held` for every client, what it was given is counted, and no wish is granted twice.
enum ClientAccounts {
    static func check(_ history: History, _ book: LeaseBook) -> [Violation] {
        let known = Dictionary(grouping: book.leases.values, by: \.client).mapValues(\.count)
        /// Wishes of which nobody knows whether they were granted.
        var open: [String: Int] = [:]
        let wishes = Dictionary(
            grouping: history.calls.filter { $0.kind == .lease }, by: { "\($0.client ?? "")/\($0.key ?? "")" })
        var found: [Violation] = []
        for (wish, calls) in wishes.sorted(by: { $0.key < $1.key }) {
            let given = Set(calls.flatMap(\.grants).map(\.id)).count
            let asked = calls.map(\.asked).max() ?? 0
            if given > asked {
                found.append(Violation(.i4, "\(wish): \(asked) leases were asked for with this key, \(given) given"))
            }
            if let answer = calls.first(where: { $0.outcome == .done }) {
                // A slot whose shard loses its leader meanwhile is left to recovery, and its lease, if there is one, is not in
                // the answer.
                if let client = answer.client, history.faults.contains(where: { $0.mayTouch(answer) }) {
                    open[client, default: 0] += max(0, answer.asked - answer.grants.count)
                }
                continue
            }
            guard let call = calls.first(where: { $0.outcome == .unknown }), let client = call.client else { continue }
            open[client, default: 0] += call.asked
        }
        return found + compared(history.final, known, open)
    }

    private static func compared(_ final: FinalState, _ known: [String: Int], _ open: [String: Int]) -> [Violation] {
        var found: [Violation] = []
        for (id, client) in final.clients.sorted(by: { $0.key < $1.key }) {
            if client.assigned != client.done + client.released + client.held {
                found.append(
                    Violation(
                        .i4,
                        "client \(id): assigned \(client.assigned) is not done \(client.done) + released \(client.released) "
                            + "+ held \(client.held)"))
            }
            let least = known[id] ?? 0
            let most = least + (open[id] ?? 0)
            if !(least...most).contains(client.assigned) {
                found.append(
                    Violation(.i4, "client \(id): assigned \(client.assigned), but it was given \(least) to \(most)"))
            }
        }
        return found
    }
}

extension FaultRecord {
    /// How long after its end a fault may still be why something failed, in seconds.
    private static let aftermath = 5.0

    fileprivate func mayTouch(_ call: Call) -> Bool { call.end >= start && call.start <= end + Self.aftermath }
}
