import DequeModule

/// What is on its way to the disk, and which messages wait for it.
///
/// Persist effects are numbered and finish in order. A message that promises something names the effect that covers
/// what it promises (its *gate*) and leaves when that effect is done.
struct Durability: Sendable {
    /// One write under way.
    struct Write: Sendable {
        let id: PersistID
        /// The log's end in it; lowered when what it contains is replaced meanwhile.
        var last: LogIndex
        /// The snapshot that it installs.
        let installs: Snapshot?
    }

    struct Held: Sendable {
        let gate: PersistID
        let message: Message
    }

    /// The last effect handed out, and the last one done.
    var issued = PersistID.zero
    var done = PersistID.zero
    /// Hard state and log changed since the last effect.
    var isDirty = false
    /// The effect that covers the present term and vote.
    var termGate = PersistID.zero
    /// The hard state as last handed out.
    var written: HardState
    var writes = Deque<Write>()
    var held: [Held] = []

    init(written: HardState) { self.written = written }

    /// The effect that covers everything up to this moment.
    var gate: PersistID { isDirty ? issued.next : issued }

    mutating func truncated(from index: LogIndex) {
        for position in writes.indices {
            writes[position].last = min(writes[position].last, index.previous)
        }
    }
}
