extension RaftGroup {
    /// Takes office: starts to learn where everyone stands, and appends an entry of its own term, because only that
    /// lets it commit what its predecessors left (Raft, section 5.4.2).
    mutating func becomeLeader(now: Duration) {
        let next = log.last.next
        let progress = configuration.replicas.map { replica in
            Progress(
                id: replica, standing: Progress.Standing(of: replica, in: configuration), next: next, now: now)
        }
        role = .leader(
            Leader(progress: progress, first: next, heartbeatDue: now + settings.heartbeatInterval))
        noteOwnCopy(now: now)
        append(.empty)
    }

    /// Adds an entry of this leader's term to its log.
    mutating func append(_ payload: Entry.Payload) {
        let entry = Entry(index: log.last.next, term: term, payload: payload)
        log.append(entry)
        leader.unappliedBytes += entry.cost
        durability.isDirty = true
        if case .configuration(let change) = payload { noteConfiguration(change, at: entry.index) }
        if mutations.contains(.countOwnCopyEarly) { noteOwnCopy(now: clock) }
    }

    /// Accepts a command, to be appended to the log and, if this replica still leads by then, committed.
    ///
    /// O(1); it is sent with the next ``takeReady()``, together with everything proposed meanwhile.
    ///
    /// - Returns: the index at which it will be applied, if an entry with this replica's present term is applied there;
    ///   if any other entry is applied there, the command is lost and was never applied.
    public mutating func propose(_ command: [UInt8], now: Duration) throws(ProposalError) -> LogIndex {
        clock = max(clock, now)
        guard case .leader(let state) = role else { throw .notLeader(hint: leaderID) }
        if let transfer = state.transfer { throw .transferring(to: transfer.to) }
        guard command.count <= Limits.commandBytes else { throw .tooLarge(limit: Limits.commandBytes) }
        let unapplied = log.last.rawValue - applied.rawValue
        if unapplied > 0 {
            guard unapplied < UInt64(settings.unappliedEntries),
                state.unappliedBytes + command.count <= settings.unappliedBytes
            else { throw .overloaded }
        }
        append(.command(command))
        return log.last
    }

    /// This leader's own copy counts as far as it is on its disk.
    mutating func noteOwnCopy(now: Duration) {
        let through = mutations.contains(.countOwnCopyEarly) ? log.last : log.durable
        guard let own = leader.position(of: id) else { return }
        leader.progress[own].match = through
        leader.progress[own].lastHeard = now
        advanceCommit()
    }

    /// Commits what a quorum holds, if it is of this leader's own term; what is before it is committed with it
    /// (Raft, section 5.4.2 and figure 8).
    mutating func advanceCommit() {
        guard case .leader(let state) = role,
            let agreed = state.agreed({ $0.match }, mutations: mutations), agreed > commit,
            log.term(at: agreed) == term || mutations.contains(.commitOlderTermByCounting)
        else { return }
        commit = min(agreed, log.last)
        releaseEarlyReads()
        if let transfer = state.transfer { finishTransferIfCaughtUp(transfer.to) }
    }
}
