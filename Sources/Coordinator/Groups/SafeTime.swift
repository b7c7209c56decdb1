import Consensus

/// Up to which moment a replica is known to be complete: whatever was acknowledged before is among what was handed to its
/// shard (the *safe time* of Spanner; Corbett and others, OSDI 2012, section 4.1.3).
///
/// It is told of indices: at some moment nothing was committed beyond this one. That goes for every replica and for ever,
/// whoever leads by now, so neither terms nor leaders matter here.
package struct SafeTime: Sendable {
    /// At `moment` nothing was committed beyond `index`.
    package struct Word: Sendable {
        package var index: LogIndex
        /// By this node's monotonic clock.
        package var moment: Duration

        /// Puts one together.
        package init(index: LogIndex, moment: Duration) {
            self.index = index
            self.moment = moment
        }
    }

    private var reached: Duration?
    /// What this replica still has to reach. The oldest is kept until it has: under load there is always a newer one that it
    /// has not.
    private var awaited: Word?

    /// For a replica that has not heard of any moment.
    package init() {}

    /// The moment, for a replica that has handed out entries up to there; `nil` as long as it has not heard of any.
    package func moment(handedOut: LogIndex) -> Duration? {
        guard let awaited, awaited.index <= handedOut else { return reached }
        return max(awaited.moment, reached ?? awaited.moment)
    }

    package mutating func learn(_ word: Word, handedOut: LogIndex) {
        reached = moment(handedOut: handedOut)
        if let awaited, awaited.index <= handedOut { self.awaited = nil }
        if word.index <= handedOut {
            reached = max(word.moment, reached ?? word.moment)
        } else if awaited == nil {
            awaited = word
        }
    }
}
