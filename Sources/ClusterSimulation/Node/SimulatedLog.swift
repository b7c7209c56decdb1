import Consensus
import Coordinator

/// What the disk holds of one group's log.
package struct SimulatedLog: Sendable {
    package private(set) var hardState = HardState()
    package private(set) var base = LogMark.zero
    package private(set) var entries: [Entry] = []
    /// Every entry that was ever committed to this disk, compacted ones included: to replay the whole log.
    package private(set) var history: [Entry] = []

    package init() {}

    package mutating func write(_ write: GroupWrite) {
        if let hardState = write.hardState { self.hardState = hardState }
        if let from = write.truncateFrom {
            entries.removeAll { $0.index >= from }
            history.removeAll { $0.index >= from }
        }
        for entry in write.entries {
            let expected = (entries.last?.index ?? base.index).rawValue + 1
            precondition(entry.index.rawValue == expected, "the log on disk has no gap")
            entries.append(entry)
            history.append(entry)
        }
    }

    package mutating func compact(through index: LogIndex) {
        guard let last = entries.last(where: { $0.index <= index }) else { return }
        base = LogMark(index: last.index, term: last.term)
        entries.removeAll { $0.index <= index }
    }
}
