extension RaftGroup {
    /// Hands leadership to another voter: nothing is proposed until it has everything, then it is asked to campaign.
    /// If it has not taken over within an election timeout, this replica goes on leading (thesis, section 3.10).
    public mutating func transferLeadership(to successor: ReplicaID, now: Duration) throws(TransferError) {
        clock = max(clock, now)
        guard case .leader(let state) = role else { throw .notLeader(hint: leaderID) }
        guard successor != id else { throw .alreadyLeader }
        guard configuration.voters.contains(successor) else { throw .notVoter(successor) }
        if let transfer = state.transfer {
            if transfer.to == successor { return }
            throw .transferring(to: transfer.to)
        }
        leader.transfer = Leader.Transfer(to: successor, deadline: now + settings.electionTimeout)
        finishTransferIfCaughtUp(successor)
    }

    /// Asks the successor to campaign once it has the whole log.
    mutating func finishTransferIfCaughtUp(_ successor: ReplicaID) {
        guard let transfer = leader.transfer, transfer.to == successor, !transfer.isAsked,
            let position = leader.position(of: successor),
            leader.progress[position].match == log.last || mutations.contains(.transferEarly)
        else { return }
        if isRetiring, isChanging { return }
        leader.transfer?.isAsked = true
        send(.campaignNow, to: successor, after: .term)
    }

    /// Whether this leader is no voter of the configuration any more. It goes on, without counting itself, until a
    /// quorum knows (Raft, section 6), and then hands over.
    var isRetiring: Bool { isLeader && !configuration.isVoter(id) }

    /// Steps down, once the successor was asked and everything was sent.
    mutating func retireIfSucceeded() {
        guard isRetiring, leader.transfer?.isAsked == true, !isChanging else { return }
        becomeFollower(term: term, leader: nil, now: clock)
    }

    /// Hands over to the voter that has most of the log, of those that were heard of lately.
    mutating func chooseSuccessor(now: Duration) {
        let candidates = leader.progress.filter { $0.standing.contains(.incoming) }
        let awake = candidates.filter { now - $0.lastHeard <= settings.heartbeatInterval * 2 }
        var best: Progress?
        for voter in awake.isEmpty ? candidates : awake {
            if let known = best, known.match >= voter.match { continue }
            best = voter
        }
        guard let best else { return }
        leader.transfer = Leader.Transfer(to: best.id, deadline: now + settings.electionTimeout)
        finishTransferIfCaughtUp(best.id)
    }

    /// The leader wants this replica to lead. It campaigns at once, or as soon as it has applied the configuration
    /// that it knows to be committed.
    mutating func takeOver(from: ReplicaID, now: Duration) {
        guard case .follower(var follower) = role, follower.leader == nil || follower.leader == from else { return }
        if isPromotable {
            startElection(isTransfer: true, now: now)
        } else {
            follower.campaignsWhenApplied = true
            role = .follower(follower)
        }
    }
}
