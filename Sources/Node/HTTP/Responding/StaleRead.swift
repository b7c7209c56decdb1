import Synchronization

/// A call whose caller takes what any replica says, while it is answered: whatever is asked of the coordinator meanwhile is
/// asked so, and how old the parts of the answer may be comes together here.
final class StaleRead: Sendable {
    /// The present call's; `nil` where everything is to be read linearizably.
    @TaskLocal static var current: StaleRead?

    private let seconds = Mutex(0)

    /// A part of the answer is so old at most; the oldest part counts.
    func note(_ seconds: Int) { self.seconds.withLock { $0 = max($0, seconds) } }

    /// The answer with the bound as its header.
    func marked(_ answer: Answer) -> Answer {
        answer.with("X-Dmcheck-Staleness-Seconds", String(seconds.withLock { $0 }))
    }
}
