import Checks

extension ShardCounts {
    /// Adds another shard's.
    mutating func add(_ other: ShardCounts) {
        unmarked += other.unmarked
        pending += other.pending
        bucketed += other.bucketed
        leased += other.leased
        done += other.done
        failed += other.failed
        deleted += other.deleted
        for count in other.byVerdict {
            if let position = byVerdict.firstIndex(where: { $0.verdict == count.verdict }) {
                byVerdict[position].count += count.count
            } else {
                byVerdict.append(count)
            }
        }
        byVerdict.sort { $0.verdict.rawValue < $1.verdict.rawValue }
        oldestWaiting = [oldestWaiting, other.oldestWaiting].compactMap(\.self).min()
    }
}

extension ShardStatistics {
    /// Adds another shard's.
    mutating func add(_ other: ShardStatistics) {
        users += other.users
        tasks.add(other.tasks)
        for part in other.services {
            if let position = services.firstIndex(where: { $0.service == part.service }) {
                services[position].counts.add(part.counts)
            } else {
                services.append(part)
            }
        }
        services.sort { $0.service < $1.service }
        clients = ClientState.allCases.map { state in
            let count = (clients + other.clients).filter { $0.state == state }.reduce(0) { $0 + $1.count }
            return ClientStateCount(state: state, count: count)
        }
        leasesLive += other.leasesLive
        leasesGranted += other.leasesGranted
        resultsAccepted += other.resultsAccepted
        lateResultsDiscarded += other.lateResultsDiscarded
    }
}
