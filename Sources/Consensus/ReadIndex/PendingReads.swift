import DequeModule

/// Reads that a leader has taken and not yet answered (thesis, section 6.4).
///
/// A read takes the commit index of the moment and the number of the next quorum round; all reads that arrive before
/// that round's heartbeats leave share it.
package struct PendingReads: Sendable {
    struct Read: Sendable {
        let id: ReadID
        let index: LogIndex
        let round: UInt64
    }

    /// Reads that came before the leader had committed in its own term, when its commit index may be behind.
    var early: [ReadID] = []
    /// Reads that wait for a quorum, in order of their rounds.
    var waiting = Deque<Read>()
    /// The last round whose heartbeats were sent.
    package var round: UInt64 = 0
    /// Whether a read waits for a round that has not begun.
    var needsRound = false

    var count: Int { early.count + waiting.count }
}
