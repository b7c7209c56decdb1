extension RaftGroup {
    /// Adds a leader's entries if they fit, and drops what contradicts them (Raft, figure 2, AppendEntries).
    mutating func receive(_ append: Message.Append, from leader: ReplicaID) {
        guard isWellFormed(append) else { return }
        if append.previous.index < commit, !mutations.contains(.alwaysTruncate), !mutations.contains(.acceptOldTerm) {
            // Older than what is committed here, so it says nothing new; the answer moves the leader on.
            accept(through: commit, from: leader)
            return
        }
        guard log.contains(append.previous) || mutations.contains(.skipPreviousCheck) else {
            reject(append, from: leader)
            return
        }
        let verified = append.entries.last?.index ?? append.previous.index
        merge(append.entries)
        learnCommit(
            mutations.contains(.trustCommitBlindly) ? min(append.commit, log.last) : min(append.commit, verified))
        accept(through: verified, from: leader)
    }

    private func isWellFormed(_ append: Message.Append) -> Bool {
        guard let first = append.entries.first, let last = append.entries.last else { return true }
        return first.index == append.previous.index.next
            && last.index.rawValue == append.previous.index.rawValue + UInt64(append.entries.count)
    }

    private mutating func merge(_ entries: [Entry]) {
        for (position, entry) in entries.enumerated() {
            guard entry.index > log.base.index else { continue }
            if log.term(at: entry.index) == entry.term, !mutations.contains(.alwaysTruncate) { continue }
            if entry.index <= log.last { truncate(from: entry.index) }
            for entry in entries[position...] where entry.index == log.last.next {
                log.append(entry)
                if case .configuration(let change) = entry.payload { noteConfiguration(change, at: entry.index) }
            }
            durability.isDirty = true
            return
        }
    }

    private mutating func truncate(from index: LogIndex) {
        guard invariant(index > commit, "Leader Completeness: a committed entry is never replaced") else { return }
        log.truncate(from: index)
        if !mutations.contains(.confirmTruncatedContent) { durability.truncated(from: index) }
        while let last = unappliedConfigurations.last, last >= index { unappliedConfigurations.removeLast() }
    }

    private mutating func accept(through index: LogIndex, from leader: ReplicaID) {
        let gate: Gate = mutations.contains(.acknowledgeBeforeDurable) ? .open : .everything
        send(.appendAccepted(through: index), to: leader, after: gate)
    }

    private mutating func reject(_ append: Message.Append, from leader: ReplicaID) {
        let place = log.lastPlace(atOrBefore: append.previous.index, withTermAtMost: append.previous.term)
        let rejection = Message.AppendRejection(index: append.previous.index, hint: place)
        send(.appendRejected(rejection), to: leader, after: .open)
    }

    mutating func receiveHeartbeat(commit: LogIndex, round: UInt64, from leader: ReplicaID) {
        // The leader names no more than what this replica has acknowledged, so it is verified; unless the disk has lost it. With
        // a deliberate fault it need not have been the disk, and is a broken invariant.
        if commit > log.last, mutations.isEmpty {
            forgotten = commit
            return
        }
        learnCommit(commit)
        send(.heartbeatAnswer(round: round), to: leader, after: .open)
    }

    /// Moves the commit index; never back.
    mutating func learnCommit(_ index: LogIndex) {
        guard index > commit else { return }
        guard invariant(index <= log.last, "State Machine Safety: only entries of the log are committed") else {
            return
        }
        commit = index
    }
}
