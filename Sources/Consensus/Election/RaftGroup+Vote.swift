extension RaftGroup {
    /// Says whether it would vote for `candidate`. Promises nothing and changes nothing.
    ///
    /// Whether the asker is a voter is not checked: it may have been made one by an entry that this replica has not
    /// applied yet, and a candidate that is none wins nothing, because it counts by its own configuration.
    mutating func answerPreVote(
        _ request: Message.VoteRequest, from candidate: ReplicaID, term proposed: Term, now: Duration
    ) {
        learnCommit(at: request.commit)
        let grants = proposed > term && !isLoyal(now: now) && accepts(request)
        let message = Message(
            from: id, to: candidate, term: grants ? proposed : term, body: .preVote(granted: grants, commit: commitMark)
        )
        send(message, after: .open)
        if grants { yield(to: candidate, request) }
    }

    /// Lets another asker go first if its claim is better, or as good under a greater id: those who lost their leader
    /// at the same moment would otherwise split the vote.
    private mutating func yield(to candidate: ReplicaID, _ request: Message.VoteRequest) {
        guard case .preCandidate(let own) = role, request.last != log.lastMark || candidate > id else { return }
        giveUp(own)
    }

    /// Votes, in the candidate's term, which is this replica's term as well by now.
    mutating func answerVote(_ request: Message.VoteRequest, from candidate: ReplicaID, now: Duration) {
        learnCommit(at: request.commit)
        let isFree = (vote == nil && leaderID == nil) || mutations.contains(.voteTwice)
        guard vote == candidate || isFree, accepts(request) else {
            send(.vote(granted: false, commit: commitMark), to: candidate, after: .open)
            return
        }
        if vote != candidate {
            vote = candidate
            hardStateChanged()
        }
        if case .follower(var follower) = role {
            follower.electionDeadline = now + follower.patience
            role = .follower(follower)
        }
        let gate: Gate = mutations.contains(.voteBeforeDurable) ? .open : .everything
        send(.vote(granted: true, commit: commitMark), to: candidate, after: gate)
    }

    /// What is committed, in a form that anyone can check against their own log.
    var commitMark: LogMark { LogMark(index: commit, term: log.term(at: commit) ?? .none) }

    /// Takes up what an asker, or a voter that refused, knows to be committed, if it is in the log here. A campaign ends
    /// if it turns out to count by an old configuration.
    ///
    /// Since a configuration counts when it is applied, replicas may be kept from electing a leader only because they do
    /// not know that one is committed: those who are out and know it do not campaign, but have the longest log; or those
    /// who are in do not know it, and have the longest log.
    mutating func learnCommit(at mark: LogMark) {
        guard !isLeader, mark.index > commit, log.contains(mark), !mutations.contains(.ignoreCommitOfOthers) else {
            return
        }
        commit = mark.index
        guard !isPromotable else { return }
        switch role {
        case .preCandidate(let candidate), .candidate(let candidate): giveUp(candidate)
        case .follower, .leader: break
        }
    }

    private func accepts(_ request: Message.VoteRequest) -> Bool {
        request.last.isUpToDate(with: log.lastMark) || mutations.contains(.ignoreCandidateLog)
    }
}
