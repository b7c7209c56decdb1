extension UserRole {
    /// What can be granted, by service and lane, sorted.
    var readiness: [ShardSummary.Readiness] {
        var all: [ShardSummary.Readiness] = []
        for queue in queues.all {
            let buckets = (ready[queue.id]?.count ?? 0) + (queue.waiting > 0 ? 1 : 0)
            guard buckets > 0, context.service(queue.service)?.state == .active else { continue }
            all.append(ShardSummary.Readiness(service: queue.service, lane: queue.lane, buckets: buckets))
        }
        return all.sorted { ($0.service, $0.lane) < ($1.service, $1.lane) }
    }

    /// When the next live lease passes its deadline without having been counted dead, and when the next one that was passes
    /// its grace period. O(live leases).
    var nextDeadlines: (lapse: Timestamp?, release: Timestamp?) {
        var lapse: Timestamp?
        var release: Timestamp?
        for lease in leases.live.values {
            if lease.dead == nil { lapse = lapse.map { min($0, lease.deadline) } ?? lease.deadline }
            if lease.dead != nil {
                let end = graceEnd(lease)
                release = release.map { min($0, end) } ?? end
            }
        }
        return (lapse, release)
    }

    /// When ``purge()`` next finds something.
    func nextPurge() throws -> Timestamp? {
        [
            try refusals.oldest()?.adding(seconds: Limits.memorySeconds),
            exclusions.nextEnd.map(Timestamp.init(milliseconds:)),
        ].compactMap { $0 }.min()
    }

    /// Forgets refusals past their 24 hours and exclusions past their end; bounded.
    func purge() throws {
        try refusals.purge(before: now.adding(seconds: -Limits.memorySeconds), limit: Limits.purgeRows)
        try exclusions.purge(at: now, limit: Limits.purgeRows)
    }
}
