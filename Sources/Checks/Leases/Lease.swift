import HashRing

/// A lease's row. It is kept after its end: for the trace of a user, and because every observation names it.
struct Lease {
    /// How it stands. Stored: append only.
    enum State: Int64 {
        case live = 1
        /// By its holder's results.
        case done = 2
        /// By a report with `release`.
        case releasedByReport = 3
        case givenBack = 4
        /// Its client unregistered, or its request was given up.
        case cancelled = 5
        /// Past its deadline and grace.
        case expired = 6
    }

    var number: Int64
    var id: LeaseID
    var first: TaskKey
    var count: Int
    var client: ClientID
    var secret: SecretHash
    var home: ShardID
    var slot: SlotID
    var granted: Timestamp
    var deadline: Timestamp
    var ended: Timestamp?
    /// When it was counted dead; once for ever.
    var dead: Timestamp?
    var state: State
    var attempt: Int
    /// What the bucket cost when granted.
    var users: Int
    var reported: Bool
    /// The positions that were granted, a byte each; `nil`: all.
    var positions: [UInt8]?

    /// Whether the lease was granted with that position.
    func holds(_ position: Int) -> Bool {
        positions.map { position < $0.count && $0[position] != 0 } ?? (position < count)
    }

    /// Ended more than 24 hours ago: answered like one that never was.
    func isForgotten(at now: Timestamp) -> Bool {
        ended.map { $0.adding(seconds: Limits.memorySeconds) <= now } ?? false
    }
}
