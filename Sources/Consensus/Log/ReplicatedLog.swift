import DequeModule

/// The log as this replica has it in memory: everything after the compacted prefix.
///
/// Three indices chase each other through it: `issued` (handed to the disk) and `durable` (known to be on it) follow
/// `last`. A truncation pulls all of them back, so that an old "it is on disk" never speaks for newer content.
package struct ReplicatedLog: Sendable {
    /// The last entry of the compacted prefix.
    package internal(set) var base: LogMark
    /// What follows `base`, without gaps.
    package internal(set) var entries: Deque<Entry>
    /// The last index that was handed to the disk with its present content.
    package internal(set) var issued: LogIndex
    /// The last index whose present content is on disk.
    package internal(set) var durable: LogIndex
    /// From where the disk must drop what it has, if content that it was given was replaced since.
    var replacedFrom: LogIndex?

    init(base: LogMark, entries: [Entry]) {
        self.base = base
        self.entries = Deque(entries)
        issued = entries.last?.index ?? base.index
        durable = issued
    }

    /// The index of the last entry.
    package var last: LogIndex { LogIndex(base.index.rawValue + UInt64(entries.count)) }

    /// The last entry's place and term.
    package var lastMark: LogMark { entries.last?.mark ?? base }

    /// The term of the entry at `index`, `nil` outside of what is here (the base's own term is known).
    package func term(at index: LogIndex) -> Term? {
        if index == base.index { return base.term }
        guard index > base.index, index <= last else { return nil }
        return entries[offset(of: index)].term
    }

    /// Whether this log holds `mark`.
    package func contains(_ mark: LogMark) -> Bool { term(at: mark.index) == mark.term }

    /// The entry at `index`, `nil` if it is not here.
    package func entry(at index: LogIndex) -> Entry? {
        guard index > base.index, index <= last else { return nil }
        return entries[offset(of: index)]
    }

    mutating func append(_ entry: Entry) {
        entries.append(entry)
    }

    /// Drops `index` and everything after it.
    mutating func truncate(from index: LogIndex) {
        guard index > base.index, index <= last else { return }
        entries.removeLast(entries.count - offset(of: index))
        if index <= issued {
            replacedFrom = min(replacedFrom ?? index, index)
            issued = index.previous
        }
        durable = min(durable, index.previous)
    }

    /// Forgets the prefix up to `index`, which stays known by its term.
    mutating func compact(through index: LogIndex) {
        guard index > base.index, let term = term(at: index) else { return }
        entries.removeFirst(offset(of: index) + 1)
        base = LogMark(index: index, term: term)
    }

    /// Starts again behind a snapshot that replaces everything.
    mutating func reset(to mark: LogMark) {
        base = mark
        entries.removeAll()
        issued = mark.index
        durable = .zero
        replacedFrom = nil
    }

    private func offset(of index: LogIndex) -> Int { Int(index.rawValue - base.index.rawValue - 1) }
}
