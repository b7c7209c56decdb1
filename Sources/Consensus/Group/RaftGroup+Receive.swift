extension RaftGroup {
    /// Takes a message in. One that is for another replica, from an old term or malformed changes nothing.
    public mutating func receive(_ message: Message, now: Duration) {
        clock = max(clock, now)
        guard message.to == id || mutations.contains(.ignoreAddressee), message.from != id, forgotten == nil else {
            return
        }
        switch message.body {
        case .preVoteRequest(let request):
            answerPreVote(request, from: message.from, term: message.term, now: now)
            return
        case .preVote(granted: true, commit: _):
            countPreVote(from: message.from, term: message.term, now: now)
            return
        case .preVote(granted: false, let commit) where message.term < term:
            // The refuser is behind in terms; what it knows to be committed is true all the same.
            learnCommit(at: commit)
            countPreVoteRefusal(from: message.from, now: now)
            return
        case .snapshot(let snapshot):
            // Whoever streamed it need not lead any more.
            if message.term > term { becomeFollower(term: message.term, leader: nil, now: now) }
            install(snapshot, from: message.from, now: now)
            return
        default:
            break
        }
        if message.term > term {
            guard adoptTerm(of: message, now: now) else { return }
        } else if message.term < term {
            answerStale(message)
            if !mutations.contains(.acceptOldTerm) { return }
        }
        dispatch(message, now: now)
    }

    private mutating func dispatch(_ message: Message, now: Duration) {
        let from = message.from
        switch message.body {
        case .preVote(_, let commit):
            learnCommit(at: commit)
            countPreVoteRefusal(from: from, now: now)
        case .voteRequest(let request):
            answerVote(request, from: from, now: now)
        case .vote(let granted, let commit):
            if !granted { learnCommit(at: commit) }
            countVote(from: from, granted: granted, now: now)
        case .append(let append):
            guard follow(from, now: now) else { return }
            receive(append, from: from)
        case .heartbeat(let commit, let round):
            guard follow(from, now: now) else { return }
            receiveHeartbeat(commit: commit, round: round, from: from)
        case .appendAccepted(let through):
            receiveAcceptance(through: through, from: from, now: now)
        case .appendRejected(let rejection):
            receive(rejection, from: from, now: now)
        case .heartbeatAnswer(let round):
            receiveHeartbeatAnswer(round: round, from: from, now: now)
        case .campaignNow:
            takeOver(from: from, now: now)
        case .superseded, .preVoteRequest, .snapshot:
            break
        }
    }

    /// Moves to the message's later term. False if the message is to be ignored, because this replica has a leader and
    /// stays loyal to it (thesis, section 4.2.3).
    private mutating func adoptTerm(of message: Message, now: Duration) -> Bool {
        var leader: ReplicaID?
        switch message.body {
        case .voteRequest(let request):
            if !request.isTransfer && isLoyal(now: now) { return false }
        case .append, .heartbeat:
            leader = message.from
        default:
            break
        }
        becomeFollower(term: message.term, leader: leader, now: now)
        return true
    }

    /// Tells a leader of an older term that it is one.
    private mutating func answerStale(_ message: Message) {
        switch message.body {
        case .append, .heartbeat: send(.superseded, to: message.from, after: .open)
        default: break
        }
    }

    /// Whether this replica has a leader that it has heard within the shortest election timeout, or is one.
    func isLoyal(now: Duration) -> Bool {
        if mutations.contains(.ignoreLeader) { return false }
        switch role {
        case .leader: return true
        case .follower(let follower):
            return follower.leader != nil && now < follower.lastContact + settings.electionTimeout
        case .preCandidate, .candidate: return false
        }
    }

    /// Notes a sign of life from the term's leader. False if that cannot be: this replica leads the same term.
    private mutating func follow(_ leader: ReplicaID, now: Duration) -> Bool {
        switch role {
        case .leader:
            return invariant(false, "Election Safety: at most one leader in a term")
        case .follower(var follower) where follower.leader == leader:
            follower.lastContact = now
            follower.electionDeadline = now + follower.patience
            role = .follower(follower)
        case .follower, .preCandidate, .candidate:
            role = .follower(makeFollower(leader: leader, now: now))
        }
        return true
    }
}
