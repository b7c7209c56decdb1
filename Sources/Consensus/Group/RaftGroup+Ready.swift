extension RaftGroup {
    /// What is to be done now; `nil` if nothing is. Ask again after doing it.
    public mutating func takeReady() -> Ready? {
        if isLeader {
            replicate()
            if leader.reads.needsRound { sendHeartbeats() }
            retireIfSucceeded()
        }
        var ready = Ready(persist: takePersist(), messages: [], committed: takeCommitted(), reads: [], snapshots: [])
        swap(&ready.messages, &outbox)
        swap(&ready.reads, &readStates)
        swap(&ready.snapshots, &snapshotRequests)
        return ready.isEmpty ? nil : ready
    }

    private mutating func takePersist() -> Persist? {
        guard durability.isDirty else { return nil }
        let entries = log.slice(from: log.issued.next, through: log.last, bytes: .max, count: .max)
        var hardState = HardState(term: term, vote: vote, commit: commit)
        if mutations.contains(.omitCommitHint) { hardState.commit = .zero }
        let persist = Persist(
            id: durability.issued.next,
            snapshot: unwrittenSnapshot,
            hardState: hardState == durability.written ? nil : hardState,
            truncateFrom: log.replacedFrom,
            entries: entries)
        durability.issued = persist.id
        durability.isDirty = false
        durability.written = hardState
        durability.writes.append(
            Durability.Write(id: persist.id, last: log.last, installs: persist.snapshot))
        unwrittenSnapshot = nil
        log.issued = log.last
        log.replacedFrom = nil
        return persist
    }

    private mutating func takeCommitted() -> [Entry] {
        let through = mutations.contains(.applyBeforeDurable) ? commit : min(commit, log.durable)
        guard through > handedOut, installing == nil else { return [] }
        let entries = log.slice(
            from: handedOut.next, through: through, bytes: settings.committedBytes, count: settings.committedEntries)
        handedOut = entries.last?.index ?? handedOut
        return entries
    }

    /// Reports that everything up to and including that persist effect is on disk.
    public mutating func persisted(_ id: PersistID, now: Duration) {
        clock = max(clock, now)
        guard id > durability.done, id <= durability.issued else { return }
        durability.done = id
        while let write = durability.writes.first, write.id <= id {
            durability.writes.removeFirst()
            log.durable = max(log.durable, min(write.last, log.last))
            if let snapshot = write.installs { finishInstallation(of: snapshot) }
        }
        releaseHeld()
        if isLeader { noteOwnCopy(now: now) }
        countOwnVote(now: now)
    }

    private mutating func releaseHeld() {
        guard !durability.held.isEmpty else { return }
        let done = durability.done
        for held in durability.held where held.gate <= done { outbox.append(held.message) }
        durability.held.removeAll { $0.gate <= done }
    }

    /// Reports that the state machine has applied everything through `index`. Configurations up to there count from
    /// now on.
    public mutating func applied(through index: LogIndex, now: Duration) {
        clock = max(clock, now)
        let through = min(index, handedOut)
        guard through > applied else { return }
        if isLeader { forgetUnapplied(through: through) }
        applied = through
        applyConfigurations(now: now)
        if isLeader { settleConfiguration(now: now) }
        if case .follower(let follower) = role, follower.campaignsWhenApplied, isPromotable {
            startElection(isTransfer: true, now: now)
        }
    }

    private mutating func forgetUnapplied(through index: LogIndex) {
        var position = max(applied.next, leader.first)
        var bytes = 0
        while position <= index {
            bytes += log.entry(at: position)?.cost ?? 0
            position = position.next
        }
        leader.unappliedBytes -= bytes
    }

    /// Forgets the log through `index`, or as far as it is applied and on disk. The caller has dropped that prefix
    /// from its disk, or will; what it gives at the next start decides. A follower that still needs it is sent a
    /// snapshot.
    public mutating func compact(through index: LogIndex) {
        guard installing == nil else { return }
        log.compact(through: min(index, applied, log.durable))
    }
}
