/// Whether a learner keeps up (thesis, section 4.2.1): replication is split into rounds, each towards the commit index
/// at the round's beginning; it is caught up while a round takes less than an election timeout.
package struct CatchUp: Hashable, Sendable {
    private var target = LogIndex.zero
    private var start: Duration
    private var isQuick = false
    private var hasTarget = false

    package init(start: Duration) { self.start = start }

    /// Takes note of how far the learner is.
    mutating func observe(match: LogIndex, commit: LogIndex, now: Duration, timeout: Duration) {
        if hasTarget {
            guard match >= target else { return }
            isQuick = now - start <= timeout
        }
        hasTarget = true
        target = commit
        start = now
    }

    /// Whether the last round was quick and the present one is not overdue.
    package func isCaughtUp(match: LogIndex, now: Duration, timeout: Duration) -> Bool {
        isQuick && (now - start <= timeout || match >= target)
    }
}
