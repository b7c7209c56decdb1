/// The figures of a run, and whether anything was violated.
package struct Figures: Sendable {
    package let lines: [String]

    package init(_ history: History, _ violations: [Violation]) {
        let calls = history.calls
        let count = { (outcome: Call.Outcome) in calls.count { $0.outcome == outcome } }
        let seconds = (calls.map(\.end).max() ?? 0) - (calls.map(\.start).min() ?? 0)
        let results = calls.reduce(0) { $0 + $1.acknowledgedRows.count }
        let kinds = Dictionary(grouping: history.faults, by: \.kind).map { "\($0.value.count) \($0.key)" }.sorted()
        var lines = [
            "seed \(history.seed), \(tenths(seconds)) s, \(calls.count) calls: \(count(.done)) done, \(count(.refused)) refused, "
                + "\(count(.notApplied)) not applied, \(count(.unknown)) unknown",
            "\(LeaseBook(calls).leases.count) leases, \(results) results acknowledged, \(history.final.users.count) users at the "
                + "end, \(history.final.clients.count) clients",
            "\(history.faults.count) faults: \(kinds.joined(separator: ", "))",
        ]
        let recoveries = history.recoveries
        let worst = Dictionary(grouping: recoveries, by: \.fault.kind).map { kind, recoveries in
            (kind, recoveries.map { $0.firstWrite ?? .infinity }.max() ?? 0)
        }.sorted { $0.0 < $1.0 }
        if !worst.isEmpty {
            let shown = worst.map { "\($0.0) \($0.1.isFinite ? "\(tenths($0.1)) s" : "never")" }
            lines.append("first acknowledged write after a fault, worst: \(shown.joined(separator: ", "))")
        }
        for invariant in Violation.Invariant.allCases {
            let found = violations.filter { $0.invariant == invariant }
            lines.append("\(invariant.rawValue): \(found.isEmpty ? "holds" : "VIOLATED, \(found.count) times")")
            lines += found.prefix(Self.shownViolations).map { "    \($0.text)" }
        }
        lines.append(violations.isEmpty ? "verdict: everything holds" : "verdict: \(violations.count) VIOLATIONS")
        self.lines = lines
    }

    /// Enough to see a pattern; the rest is in the file of the verdict.
    private static let shownViolations = 10
}
