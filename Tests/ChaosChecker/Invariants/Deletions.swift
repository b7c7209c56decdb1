/// I5: a deleted user comes back only when it is added again.
enum Deletions {
    static func check(_ history: History) -> [Violation] {
        let horizon = Horizon(history)
        let added = Dictionary(
            grouping: history.calls.filter { $0.kind == .add && $0.outcome.mayHaveHappened }
                .flatMap { call in call.users.map { ($0, horizon.latestEffect(of: call)) } }, by: \.0
        ).mapValues { $0.map(\.1).max() ?? 0 }
        var found: [Violation] = []
        for call in history.calls where call.kind == .delete && call.outcome == .done {
            for user in call.users where (added[user] ?? -1) < call.start {
                if history.final.users[user] != nil || history.final.exported.contains(user) {
                    found.append(Violation(.i5, "\(user), deleted at \(stamp(call.end)), is there again"))
                }
            }
        }
        return found
    }
}
