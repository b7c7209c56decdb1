import DequeModule

extension RaftGroup {
    /// Asks for a linearizable read: the answer, in a later ``Ready/reads``, is the index that must be applied before
    /// the state machine may be read (thesis, section 6.4).
    ///
    /// All reads asked between two ``takeReady()`` share one round of heartbeats. A group of one voter needs none.
    public mutating func read(_ id: ReadID, now: Duration) throws(ReadError) {
        clock = max(clock, now)
        guard case .leader(let state) = role else { throw .notLeader(hint: leaderID) }
        guard state.reads.count < Limits.pendingReads else { throw .overloaded }
        if commit >= state.first || mutations.contains(.readBeforeOwnCommit) {
            register(id)
        } else {
            leader.reads.early.append(id)
        }
    }

    private mutating func register(_ id: ReadID) {
        if isOnlyVoter || mutations.contains(.readWithoutRound) {
            readStates.append(ReadState(id: id, index: commit))
            return
        }
        leader.reads.needsRound = true
        leader.reads.waiting.append(PendingReads.Read(id: id, index: commit, round: leader.reads.round + 1))
    }

    /// The leader has committed in its own term: its commit index is now at least every predecessor's.
    mutating func releaseEarlyReads() {
        guard case .leader(let state) = role, !state.reads.early.isEmpty, commit >= state.first else { return }
        leader.reads.early = []
        for id in state.reads.early { register(id) }
    }

    /// Answers the reads whose round a quorum has confirmed: this replica led when they came.
    mutating func finishReads() {
        guard case .leader(let state) = role, !state.reads.waiting.isEmpty else { return }
        let current = state.reads.round
        let confirmed = state.agreed({ $0.id == id ? current : $0.round }, mutations: mutations) ?? 0
        while let read = leader.reads.waiting.first, read.round <= confirmed {
            leader.reads.waiting.removeFirst()
            readStates.append(ReadState(id: read.id, index: read.index))
        }
    }

    mutating func refuseReads(of leader: Leader) {
        for read in leader.reads.waiting { readStates.append(ReadState(id: read.id, index: nil)) }
        for id in leader.reads.early { readStates.append(ReadState(id: id, index: nil)) }
    }
}
