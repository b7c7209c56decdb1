/// How much of a history each invariant was held against: a check that compared nothing has shown nothing.
package struct Coverage: Sendable {
    package struct Extent: Sendable {
        package var compared: Int
        package var text: String
    }

    private let extents: [Violation.Invariant: Extent]

    package init(_ history: History) {
        let book = LeaseBook(history)
        let (calls, final) = (history.calls, history.final)
        let done = { (kinds: Set<Call.Kind>) in calls.count { $0.outcome == .done && kinds.contains($0.kind) } }
        let live = LiveLeases.compared(book, settings: history.settings)
        let written = done([.add, .mark, .recheck, .report, .register, .unregister, .recollect])
        let used = done([.report, .renew, .giveBack])
        let judged = final.users.values.count { !$0.verdicts.isEmpty }
        let alone = calls.count { call in call.isWrite && history.faults.contains { $0.isolation?.holds(call) ?? false }
        }
        extents = [
            .i1: Extent(compared: live, text: "\(live) of \(book.leases.count) leases"),
            .i2: Extent(compared: written, text: "\(written) acknowledged calls"),
            .i3: Extent(compared: used, text: "\(used) acknowledged uses of leases"),
            .i4: Extent(compared: final.clients.count, text: "\(final.clients.count) clients"),
            .i5: Extent(compared: done([.delete]), text: "\(done([.delete])) acknowledged deletions"),
            .i6: Extent(compared: final.users.count, text: "\(final.users.count) tasks"),
            .i7: Extent(compared: judged, text: "\(judged) users with verdicts"),
            .i8: Extent(
                compared: final.shards.count,
                text: "\(final.shards.values.reduce(0) { $0 + $1.count }) replicas of \(final.shards.count) shards"),
            .lone: Extent(compared: alone, text: "\(alone) writes"),
            .run: Extent(compared: calls.count, text: "\(calls.count) calls"),
        ]
    }

    package subscript(invariant: Violation.Invariant) -> Extent {
        extents[invariant] ?? Extent(compared: 0, text: "nothing")
    }
}
