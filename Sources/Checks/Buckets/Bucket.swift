/// A range of one queue's tasks that is handed out as a whole: one row, whatever its size.
struct Bucket {
    /// Stored: append only.
    enum State: Int64 { case ready = 1, leased = 2, closed = 3 }

    /// The key of its first task, and its own.
    var first: TaskKey
    var state: State
    /// Attempts that ended without finishing it.
    var attempts = 0
    /// Leases whose reports were complete, but left positions that wait for another client.
    var rounds = 0
    /// Agreeing observations that make a verdict; the service's setting when the bucket was formed.
    var redundancy: Int
    /// Some of its tasks have an earlier task of the same user.
    var hasEarlier: Bool
    /// Some position was observed but waits on, here or before it was moved here: it is never split.
    var observed = false
    /// Its users are neighbours from this uid on, in order; 0: they are not.
    var uid: Int64
    /// When its epoch began.
    var epoch: Timestamp
    var formed: Timestamp
    /// One byte a position.
    var outcomes: [UInt8]

    var count: Int { outcomes.count }
    var queue: Int { first.queue }
    var end: TaskKey { first.advanced(by: count) }

    subscript(position: Int) -> PositionOutcome {
        get { PositionOutcome(byte: outcomes[position]) }
        set { outcomes[position] = newValue.byte }
    }

    /// Positions that are neither finished nor taken out.
    var waiting: Int { outcomes.reduce(0) { $0 + (PositionOutcome(byte: $1).isWaiting ? 1 : 0) } }

    /// Positions about which the live lease has said nothing yet.
    var open: Int { outcomes.reduce(0) { $0 + (PositionOutcome(byte: $1).isOpen ? 1 : 0) } }

    /// The position of a task, if it is in here.
    func position(of key: TaskKey) -> Int? {
        key >= first && key < end ? Int(key.rawValue - first.rawValue) : nil
    }
}
