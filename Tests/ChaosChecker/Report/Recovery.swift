/// What clients saw of one fault.
package struct Recovery: Sendable {
    package var fault: FaultRecord
    package var calls = 0
    package var done = 0
    package var refused = 0
    package var notApplied = 0
    package var unknown = 0
    /// From the fault to the end of the first acknowledged write that began after it, in seconds.
    package var firstWrite: Double?
    /// From the fault to the end of the last call without an effect or an answer, in seconds; nil when there was none. Whom nobody
    /// waited for does not count.
    package var lastFailure: Double?
    /// The longest time in which no write was acknowledged by anyone, in seconds.
    package var longestGap: Double = 0
    /// The longest time in which one node acknowledged no write although it was asked for some, and the same for one shard's leases.
    package var nodeOutage: Outage?
    package var shardOutage: Outage?

    /// - Parameter until: the start of the next fault, or the end of the run.
    package init(_ fault: FaultRecord, _ calls: [Call], until: Double) {
        self.fault = fault
        var acknowledged: [Double] = []
        let calls = calls.filter { $0.end >= fault.start && $0.start < until }
        for call in calls {
            self.calls += 1
            switch call.outcome {
            case .done: done += 1
            case .refused: refused += 1
            case .notApplied: notApplied += 1
            case .unknown: unknown += 1
            }
            if call.hasFailed { lastFailure = max(lastFailure ?? 0, call.end - fault.start) }
            if call.isWrite, call.outcome == .done, call.start >= fault.start { acknowledged.append(call.end) }
        }
        firstWrite = acknowledged.min().map { $0 - fault.start }
        var last = fault.start
        for time in acknowledged.sorted() {
            longestGap = max(longestGap, time - last)
            last = time
        }
        longestGap = max(longestGap, until - last)
        let later = calls.filter { $0.start >= fault.start }
        nodeOutage = Outage.longest(later, by: \.node)
        shardOutage = Outage.longest(later, by: \.shard)
    }

    /// In one line.
    package var summary: String {
        let shown = { (seconds: Double?) in seconds.map { "\(tenths($0)) s" } ?? "never" }
        return "\(calls) calls: \(done) done, \(refused) refused, \(notApplied) not applied, \(unknown) unknown; first "
            + "acknowledged write after \(shown(firstWrite)), longest time without one \(tenths(longestGap)) s, "
            + (nodeOutage.map { "from \($0.of) \(tenths($0.seconds)) s, " } ?? "")
            + (shardOutage.map { "for shard \($0.of) \(tenths($0.seconds)) s, " } ?? "")
            + "last failure \(lastFailure.map { "after \(tenths($0)) s" } ?? "none")"
    }
}

/// A number with one digit after the point.
package func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
}

extension History {
    /// Each fault with what clients saw of it, until the next.
    package var recoveries: [Recovery] {
        let end = calls.map(\.end).max() ?? 0
        return faults.enumerated().map { position, fault in
            Recovery(
                fault, calls, until: position + 1 < faults.count ? faults[position + 1].start : max(end, fault.end))
        }
    }
}
