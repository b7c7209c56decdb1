extension UserRole {
    /// Tasks of one service by state, users by verdict, and who waits longest.
    func counts(_ service: ServiceName) throws -> ShardCounts {
        let kept = queues.counts[service] ?? ServiceCounts()
        var counts = ShardCounts()
        counts.unmarked = totals.users - kept.marked
        counts.pending = kept.pending
        counts.bucketed = kept.bucketed
        counts.leased = kept.leased
        counts.done = kept.done
        counts.failed = kept.failed
        counts.deleted = totals.deleted
        counts.byVerdict = Verdict.allCases.compactMap { verdict in
            let count = kept.byVerdict[Int(verdict.rawValue)]
            return count > 0 ? VerdictCount(verdict: verdict, count: count) : nil
        }
        counts.oldestWaiting = try queues.all.filter { $0.service == service }.compactMap(oldestWaiting).min()
        return counts
    }

    /// Everything together, for the node's totals.
    func statistics() throws -> ShardStatistics {
        var statistics = ShardStatistics()
        statistics.users = totals.users
        statistics.leasesLive = leases.live.count
        statistics.leasesGranted = UInt64(totals.leasesGranted)
        statistics.resultsAccepted = UInt64(totals.resultsAccepted)
        statistics.lateResultsDiscarded = UInt64(totals.resultsDiscarded)
        var tasks = ShardCounts()
        var byVerdict = [Int](repeating: 0, count: 8)
        for service in queues.counts.keys.sorted() {
            let counts = try counts(service)
            statistics.services.append(ShardStatistics.ServiceCounts(service: service, counts: counts))
            tasks.pending += counts.pending
            tasks.bucketed += counts.bucketed
            tasks.leased += counts.leased
            tasks.done += counts.done
            tasks.failed += counts.failed
            for count in counts.byVerdict { byVerdict[Int(count.verdict.rawValue)] += count.count }
            tasks.oldestWaiting = [tasks.oldestWaiting, counts.oldestWaiting].compactMap { $0 }.min()
        }
        tasks.unmarked = totals.unmarked
        tasks.deleted = totals.deleted
        tasks.byVerdict = Verdict.allCases.compactMap { verdict in
            let count = byVerdict[Int(verdict.rawValue)]
            return count > 0 ? VerdictCount(verdict: verdict, count: count) : nil
        }
        statistics.tasks = tasks
        return statistics
    }

    /// When the first task of a queue that is neither leased nor finished was marked.
    private func oldestWaiting(_ queue: TaskQueue) throws -> Timestamp? {
        if let first = ready[queue.id]?.oldest { return try tasks.arrival(of: first) }
        return queue.waiting > 0 ? try tasks.arrival(of: TaskKey(queue: queue.id, number: queue.formed)) : nil
    }
}
