import Consensus

/// What survives a crash.
struct SimulatedDisk {
    var hardState = HardState()
    var base = LogMark.zero
    var configuration: Configuration
    var entries: [Entry] = []
    /// What the state machine's file contains after a loss of power.
    var durableApplied = LogIndex.zero

    var last: LogIndex { entries.last?.index ?? base.index }

    /// Writes one persist effect. False if what it leaves has a gap.
    mutating func write(_ persist: Persist) -> Bool {
        if let snapshot = persist.snapshot {
            base = snapshot.mark
            configuration = snapshot.configuration
            entries = []
            durableApplied = snapshot.mark.index
        }
        if let hardState = persist.hardState { self.hardState = hardState }
        if let from = persist.truncateFrom {
            while let last = entries.last, last.index >= from { entries.removeLast() }
        }
        guard let first = persist.entries.first else { return true }
        guard first.index == last.next else { return false }
        entries += persist.entries
        return true
    }

    /// Drops the prefix through `index`, whose configuration was `configuration`.
    mutating func compact(through index: LogIndex, configuration: Configuration) {
        guard index > base.index, index <= last else { return }
        let count = Int(index.rawValue - base.index.rawValue)
        base = LogMark(index: index, term: entries[count - 1].term)
        entries.removeFirst(count)
        self.configuration = configuration
    }

    func term(at index: LogIndex) -> Term? {
        if index == base.index { return base.term }
        guard index > base.index, index <= last else { return nil }
        return entries[Int(index.rawValue - base.index.rawValue) - 1].term
    }
}

/// One replica: its group while it runs, its disk, and the work under way.
struct SimulatedReplica {
    let id: ReplicaID
    var group: RaftGroup
    var disk: SimulatedDisk
    var isUp = true
    var incarnation = 0
    /// Persist effects handed out and not finished.
    var writes: [Persist] = []
    var diskFreeAt: Int64 = 0
    /// Entries to be applied.
    var applyQueue: [Entry] = []
    var isApplying = false
    /// What its state machine contains.
    var applied = LogIndex.zero
    var tickAt = Int64.max
    var reads: [ReadState] = []
    /// What the oracle has seen of it.
    var seenCommit = LogIndex.zero
    var ledTerm = Term.none
    var ledLast = LogMark.zero
}
