extension RaftGroup {
    /// Asks to lead, without waiting for a timeout: a group whose only voter is this replica is led by it at once; any
    /// other is first asked whether it would agree (pre-vote). Worth calling when a leader's connection closes.
    ///
    /// Does nothing on a leader, on a replica that is no voter, and while a committed configuration is not applied.
    public mutating func campaign(now: Duration) {
        clock = max(clock, now)
        guard !isLeader else { return }
        guard isPromotable else {
            postponeCampaign(now: now)
            return
        }
        if isOnlyVoter || mutations.contains(.skipPreVote) {
            startElection(isTransfer: false, now: now)
        } else {
            startPreVote(now: now)
        }
    }

    /// Reports that the connection to `replica` broke. If it is the leader that this replica follows, loyalty to it ends:
    /// from now on others' pre-votes are granted, and ``campaign(now:)`` need not wait for the timeout. A leader that is
    /// well makes itself heard again and is followed as before.
    ///
    /// - Returns: whether it was the leader.
    public mutating func lostContact(with replica: ReplicaID) -> Bool {
        guard case .follower(var follower) = role, follower.leader == replica else { return false }
        follower.leader = nil
        role = .follower(follower)
        return true
    }

    private mutating func postponeCampaign(now: Duration) {
        guard case .follower(var follower) = role else { return }
        follower.electionDeadline = now + follower.patience
        role = .follower(follower)
    }

    private mutating func startPreVote(now: Duration) {
        let deadline = now + settings.electionTimeout.randomlyStretched(using: &random)
        role = .preCandidate(Candidate(granted: [id], deadline: deadline))
        let request = Message.VoteRequest(last: log.lastMark, isTransfer: false, commit: commitMark)
        for voter in otherVoters {
            send(Message(from: id, to: voter, term: term.next, body: .preVoteRequest(request)), after: .open)
        }
    }

    /// Starts an election in the next term. This replica's own vote counts once it is on disk, like any other.
    mutating func startElection(isTransfer: Bool, now: Duration) {
        term = term.next
        vote = id
        hardStateChanged()
        if isOnlyVoter {
            becomeLeader(now: now)
            return
        }
        let deadline = now + settings.electionTimeout.randomlyStretched(using: &random)
        role = .candidate(Candidate(deadline: deadline))
        let request = Message.VoteRequest(last: log.lastMark, isTransfer: isTransfer, commit: commitMark)
        for voter in otherVoters { send(.voteRequest(request), to: voter, after: .term) }
    }

    private var otherVoters: [ReplicaID] {
        configuration.replicas.filter { $0 != id && configuration.isVoter($0) }
    }

    mutating func countPreVote(from: ReplicaID, term granted: Term, now: Duration) {
        guard case .preCandidate(var candidate) = role, granted == term.next else { return }
        if !candidate.granted.contains(from) { candidate.granted.append(from) }
        role = .preCandidate(candidate)
        if isWon(candidate) { startElection(isTransfer: false, now: now) }
    }

    mutating func countPreVoteRefusal(from: ReplicaID, now: Duration) {
        guard case .preCandidate(var candidate) = role else { return }
        if !candidate.refused.contains(from) { candidate.refused.append(from) }
        role = .preCandidate(candidate)
        giveUpIfLost(candidate)
    }

    mutating func countVote(from: ReplicaID, granted: Bool, now: Duration) {
        guard case .candidate(var candidate) = role else { return }
        if granted {
            if !candidate.granted.contains(from) { candidate.granted.append(from) }
        } else if !candidate.refused.contains(from) {
            candidate.refused.append(from)
        }
        role = .candidate(candidate)
        if isWon(candidate) { becomeLeader(now: now) } else { giveUpIfLost(candidate) }
    }

    /// The vote that this replica cast for itself has reached the disk.
    mutating func countOwnVote(now: Duration) {
        guard case .candidate(let candidate) = role, durability.termGate <= durability.done,
            !candidate.granted.contains(id)
        else { return }
        countVote(from: id, granted: true, now: now)
    }

    private func isWon(_ candidate: Candidate) -> Bool {
        if mutations.contains(.halfIsQuorum) {
            return candidate.granted.filter(configuration.isVoter).count >= max(configuration.voters.count / 2, 1)
        }
        if mutations.contains(.ignoreOutgoingHalf) {
            return Configuration(voters: configuration.voters).hasQuorum { candidate.granted.contains($0) }
        }
        return configuration.hasQuorum { candidate.granted.contains($0) }
    }

    /// A majority that refused ends the attempt; the time of the next one stays.
    private mutating func giveUpIfLost(_ candidate: Candidate) {
        if !configuration.hasQuorum({ !candidate.refused.contains($0) }) { giveUp(candidate) }
    }

    mutating func giveUp(_ candidate: Candidate) {
        var follower = makeFollower(leader: nil, now: clock)
        follower.electionDeadline = candidate.deadline
        role = .follower(follower)
    }
}
