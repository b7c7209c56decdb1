/// I2 for clients: who registered is there, and is what it said last.
enum Registrations {
    static func check(_ history: History) -> [Violation] {
        let horizon = Horizon(history)
        let calls = Dictionary(
            grouping: history.calls.filter { $0.kind == .register || $0.kind == .unregister }, by: { $0.client ?? "" })
        var found: [Violation] = []
        for (id, calls) in calls.sorted(by: { $0.key < $1.key }) {
            let done = calls.filter { $0.outcome == .done }
            guard let client = history.final.clients[id] else {
                if let first = done.first(where: { $0.kind == .register }) {
                    found.append(Violation(.i2, "client \(id), registered at \(stamp(first.end)), is not there"))
                }
                continue
            }
            guard let last = done.max(by: { $0.start < $1.start }), let state = client.state else { continue }
            // What may have come after it decides, and nobody knows how.
            let isLast = calls.allSatisfy {
                $0.kind == last.kind || !$0.outcome.mayHaveHappened || horizon.latestEffect(of: $0) < last.start
            }
            let word = last.kind == .unregister ? "unregistered" : "registered"
            if isLast, (state == "unregistered") != (last.kind == .unregister) {
                found.append(Violation(.i2, "client \(id), \(word) at \(stamp(last.end)), is \(state)"))
            }
        }
        return found
    }
}
