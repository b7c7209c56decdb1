import Consensus

/// Knows everything that happened in a run and says when something happened that must not (Raft, figure 3, and what
/// clients may expect).
struct Oracle {
    /// The first thing that went wrong.
    private(set) var violation: String?
    /// Who led each term.
    private var leaders: [ReplicaID?] = []
    /// The committed entries in order, and the term in which each was committed.
    private(set) var committed: [(entry: Entry, in: Term)] = []
    /// Every entry that was ever on a disk, by index, with the term of the entry before it.
    private var written: [[(entry: Entry, after: Term)]] = []
    /// The highest index whose effects a client has seen.
    private(set) var visible = LogIndex.zero

    mutating func fail(_ text: @autoclosure () -> String) {
        if violation == nil { violation = text() }
    }

    /// Election Safety, and Leader Completeness on the first sight of a leader.
    mutating func sees(leader group: RaftGroup) {
        let term = Int(group.term.rawValue)
        while leaders.count <= term { leaders.append(nil) }
        if let known = leaders[term] {
            if known != group.id { fail("Election Safety: \(known) and \(group.id) lead term \(term)") }
            return
        }
        leaders[term] = group.id
        let first = Int(group.log.base.index.rawValue)
        guard first < committed.count else { return }
        for position in first..<committed.count where committed[position].in < group.term {
            let entry = committed[position].entry
            if group.log.term(at: entry.index) != entry.term {
                fail("Leader Completeness: \(group.id) leads term \(term) without \(entry.mark)")
                return
            }
        }
    }

    /// State Machine Safety: `entry` is believed to be committed by a replica in `term`.
    mutating func sees(committed entry: Entry, in term: Term, by id: ReplicaID) {
        let position = Int(entry.index.rawValue) - 1
        if position < committed.count {
            let known = committed[position].entry
            if known != entry {
                fail("State Machine Safety: \(id) commits \(entry.mark), not \(known.mark)")
            }
        } else if position == committed.count {
            committed.append((entry, term))
        } else {
            fail("State Machine Safety: \(id) commits \(entry.mark) before what precedes it")
        }
    }

    /// A prefix that a replica knows only by its end.
    mutating func sees(committedThrough mark: LogMark, by id: ReplicaID) {
        guard mark.index > .zero else { return }
        let position = Int(mark.index.rawValue) - 1
        guard position < committed.count, committed[position].entry.term == mark.term else {
            fail("State Machine Safety: \(id) starts behind \(mark), which is not committed")
            return
        }
    }

    /// Log Matching: an entry is fixed by index and term, and so is the one before it.
    mutating func sees(written entry: Entry, after previous: Term, by id: ReplicaID) {
        let position = Int(entry.index.rawValue) - 1
        while written.count <= position { written.append([]) }
        for known in written[position] where known.entry.term == entry.term {
            if known.entry != entry || known.after != previous {
                fail("Log Matching: \(id) has another \(entry.mark)")
            }
            return
        }
        written[position].append((entry, previous))
    }

    /// A client was told that the entry at `index` is done, or has read a state with it.
    mutating func sees(visible index: LogIndex) { visible = max(visible, index) }
}
