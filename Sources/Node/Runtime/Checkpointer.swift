import Coordinator

/// Checkpoints shard files in the background, one at a time, so that the log can be compacted and a restart is short.
///
/// A shard is due when it applied ``entriesPerCheckpoint`` entries, or any at all in the last ``interval``: an idle node does
/// nothing, and so no fsync.
struct Checkpointer: Sendable {
    /// Entries that a restart would have to replay at most: about a tenth of a second of applying.
    static let entriesPerCheckpoint = 4000
    /// How often the appliers are looked at.
    static let interval = Duration.seconds(1)
    /// Rounds after which a shard with anything applied is checkpointed, however little.
    static let roundsUntilDue = 10

    let appliers: [ShardApplier]
    let log: LogKeeper
    let clock: any NodeClock

    /// Runs until the task is cancelled.
    ///
    /// - Throws: what the store says when the log's file cannot be checkpointed.
    func run() async throws {
        var rounds = 0
        while (try? await clock.sleep(until: clock.now().monotonic + Self.interval)) != nil {
            rounds += 1
            try await log.keep()
            for applier in appliers {
                let backlog = await applier.backlog
                if backlog >= Self.entriesPerCheckpoint || (backlog > 0 && rounds % Self.roundsUntilDue == 0) {
                    await applier.checkpoint()
                }
            }
        }
    }
}
