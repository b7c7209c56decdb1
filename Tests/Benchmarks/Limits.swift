/// The sizes of a measurement, each with where it comes from.
enum Limits {
    /// Users stored: the size for which the goals are given.
    static let users = 1_000_000
    /// Volunteers at once: the number for which the goals are given.
    static let volunteers = 16
    /// Users of a bucket: the platform's 180 look-ups in 15 minutes, and the service's default.
    static let bucketSize = 180
    /// Submits a transaction of the baseline: what 16 volunteers can have under way at once.
    static let submitsPerTransaction = 16
    /// Tasks of the baseline: 375 whole transactions, so that it runs for some seconds, checkpoints included.
    static let baselineTasks = 375 * submitsPerTransaction * bucketSize
    /// How many of the users the load phase takes; the rest is for the latencies at half of that load.
    static let loadShare = 0.55
    /// A phase ends here even when it is slower than any goal, so that the whole is bounded.
    static let phaseSeconds = 45
    /// A node with a million users is to be ready in 2 s; this is when waiting has no more sense.
    static let readySeconds = 60
    /// A node that was asked to end is given so long, as the scripts give it.
    static let stopSeconds = 30
    /// Marking, compaction and checkpoints go on behind the answers; so long they are waited for.
    static let settleSeconds = 90
    /// The folder as large as it was for so long: a node writes what is left in the write-ahead files once in ten seconds.
    static let quietSeconds = 12
    /// Long enough for two heartbeats, two checkpoints and a tick of every slower timer.
    static let idleSeconds = 10
    /// A lease is asked for again so often before a volunteer takes the pool for empty.
    static let emptyAnswers = 200
    /// Nodes of a cluster that is measured: the fewest of which one may be lost.
    static let nodes = 3
    /// How often a leader is killed: enough for a median and a worst case, as the issue of the cluster asks.
    static let kills = 20
    /// How often a leader is stopped and let go on.
    static let pauses = 3
    /// So long a fault is watched: twice the worst gap that is allowed after a kill.
    static let watchSeconds = 3
    /// Adding a node to a million users takes seconds; this is when waiting has no more sense.
    static let balanceSeconds = 120
    /// Users that one node and three nodes check for the comparison: seconds of work for either.
    static let comparedUsers = 150_000
    /// A writer whose call has no answer for so long asks the next node, as any client with more than one address does.
    static let writerPatienceMilliseconds: Int64 = 1000
    /// Users of one call of the writer's: with 16 shards nearly every one of them is reached by each call.
    static let usersPerWrite = 50
    /// A response's head and body, at most; the longest expected is a lease of 180 users, about 12 KiB.
    static let responseBytes = 16 << 20
}
