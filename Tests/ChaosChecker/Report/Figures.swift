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
            "\(LeaseBook(history).leases.count) leases, \(results) results acknowledged, \(history.final.users.count) users at the "
                + "end, \(history.final.clients.count) clients",
            "\(history.faults.count) faults: \(kinds.joined(separator: ", "))",
        ]
        lines += Self.recovery(history.recoveries)
        lines += Self.loneNodes(of: history)
        let coverage = Coverage(history)
        for invariant in Violation.Invariant.allCases {
            let found = violations.filter { $0.invariant == invariant }
            let extent = coverage[invariant]
            let holds = extent.compared == 0 ? "not exercised" : "holds"
            let finding = found.isEmpty ? holds : "VIOLATED, \(found.count) times"
            lines.append("\(invariant.rawValue): \(finding) (\(extent.text))")
            lines += found.prefix(Self.shownViolations).map { "    \($0.text)" }
        }
        lines.append(violations.isEmpty ? "verdict: everything holds" : "verdict: \(violations.count) VIOLATIONS")
        self.lines = lines
    }

    /// The worst of what clients saw, by kind of fault.
    private static func recovery(_ recoveries: [Recovery]) -> [String] {
        guard !recoveries.isEmpty else { return [] }
        let figures: [(String, (Recovery) -> Double)] = [
            ("first acknowledged write after a fault", { $0.firstWrite ?? .infinity }),
            ("longest time without an acknowledged write", \.longestGap),
            ("longest time without one from a node that was asked", { $0.nodeOutage?.seconds ?? 0 }),
            ("longest time without one for a shard's leases", { $0.shardOutage?.seconds ?? 0 }),
            ("last failure after a fault", { $0.lastFailure ?? 0 }),
        ]
        return figures.map { "\($0), worst: \(worst(of: recoveries, $1))" }
    }

    /// What nodes said that were cut off from the majority, and how soon.
    private static func loneNodes(of history: History) -> [String] {
        let calls = history.faults.compactMap(\.isolation).flatMap { isolation in
            history.calls.filter { $0.isWrite && isolation.holds($0) }
        }
        guard let slowest = calls.map({ $0.end - $0.start }).max() else { return [] }
        return [
            "nodes cut off from all others: \(calls.count) writes, \(calls.count { $0.outcome == .done }) acknowledged, answered "
                + "within \(tenths(slowest)) s"
        ]
    }

    /// The worst of a figure for each kind of fault.
    private static func worst(of recoveries: [Recovery], _ figure: (Recovery) -> Double) -> String {
        Dictionary(grouping: recoveries, by: \.fault.kind).sorted { $0.key < $1.key }.map { kind, recoveries in
            let worst = recoveries.map(figure).max() ?? 0
            return "\(kind) \(worst.isFinite ? "\(tenths(worst)) s" : "never")"
        }.joined(separator: ", ")
    }

    /// Enough to see a pattern; the rest is in the file of the verdict.
    private static let shownViolations = 10
}
