import Checks
import HashRing

/// One entry of a shard's log as the books take it: what was to be done, what it came to, and when.
struct AppliedEntry {
    let shard: ShardID
    let command: Command
    let outcome: Outcome
    let emitted: [OutboxEvent]
    /// The shard's time: max over all stamps so far.
    let time: Timestamp
    /// What a clock that is right shows when the first replica applies it.
    let trueTime: Timestamp
}
