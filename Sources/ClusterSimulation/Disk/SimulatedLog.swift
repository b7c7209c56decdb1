import Consensus
import Coordinator

/// What a disk holds of one group: a replica's log, and which file has its state.
struct SimulatedLog: Sendable {
    let replica: ReplicaID
    private(set) var hardState = HardState()
    private(set) var base = LogMark.zero
    /// What counts at `base`, or later.
    private(set) var configuration: Configuration
    private(set) var entries: [Entry] = []
    /// The generation of the shard's file.
    private(set) var generation: UInt64

    /// A new replica's log.
    init(replica: ReplicaID, configuration: Configuration, generation: UInt64 = 1) {
        self.replica = replica
        self.configuration = configuration
        self.generation = generation
    }

    var last: LogIndex { entries.last?.index ?? base.index }

    mutating func write(_ write: GroupWrite) throws(DiskFault) {
        if let install = write.install {
            base = install.snapshot.mark
            configuration = install.snapshot.configuration
            entries = []
            generation = install.generation
        }
        if let hardState = write.hardState { self.hardState = hardState }
        if let from = write.truncateFrom { entries.removeAll { $0.index >= from } }
        for entry in write.entries {
            guard entry.index == last.next else {
                throw DiskFault("\(write.group): entry \(entry.index) is written behind \(last)")
            }
            entries.append(entry)
        }
    }

    /// Forgets entries through `index`; the configuration counts there, or later.
    mutating func compact(through index: LogIndex, _ configuration: Configuration) {
        guard let last = entries.last(where: { $0.index <= index }) else { return }
        base = LogMark(index: last.index, term: last.term)
        self.configuration = configuration
        entries.removeAll { $0.index <= index }
    }

    /// What a file that was cut off holds no more.
    mutating func loseEntries(after index: LogIndex) { entries.removeAll { $0.index > index } }

    /// What consensus finds when the node starts.
    func restored(applied: LogIndex) -> Restored {
        Restored(
            hardState: hardState, base: base, configuration: configuration, entries: entries, applied: applied)
    }
}
