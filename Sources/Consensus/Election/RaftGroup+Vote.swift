extension RaftGroup {
    /// Says whether it would vote for `candidate`. Promises nothing and changes nothing.
    ///
    /// Whether the asker is a voter is not checked: it may have been made one by an entry that this replica has not
    /// applied yet, and a candidate that is none wins nothing, because it counts by its own configuration.
    mutating func answerPreVote(
        _ request: Message.VoteRequest, from candidate: ReplicaID, term proposed: Term, now: Duration
    ) {
        let grants = proposed > term && !isLoyal(now: now) && accepts(request)
        let message = Message(
            from: id, to: candidate, term: grants ? proposed : term, body: .preVote(granted: grants))
        send(message, after: .open)
    }

    /// Votes, in the candidate's term, which is this replica's term as well by now.
    mutating func answerVote(_ request: Message.VoteRequest, from candidate: ReplicaID, now: Duration) {
        let isFree = (vote == nil && leaderID == nil) || mutations.contains(.voteTwice)
        guard vote == candidate || isFree, accepts(request) else {
            send(.vote(granted: false), to: candidate, after: .open)
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
        send(.vote(granted: true), to: candidate, after: mutations.contains(.voteBeforeDurable) ? .open : .everything)
    }

    private func accepts(_ request: Message.VoteRequest) -> Bool {
        request.last.isUpToDate(with: log.lastMark) || mutations.contains(.ignoreCandidateLog)
    }
}
