extension RaftGroup {
    /// When ``tick(now:)`` has something to do next; `nil` if time alone will change nothing, as on a leader that is
    /// alone in its group, or on a replica that may not campaign.
    public var nextDeadline: Duration? {
        switch role {
        case .follower(let follower):
            configuration.isVoter(id) ? follower.electionDeadline : nil
        case .preCandidate(let candidate), .candidate(let candidate):
            candidate.deadline
        case .leader(let leader):
            if leader.progress.count > 1 || leader.progress.first?.id != id {
                if let transfer = leader.transfer {
                    min(leader.heartbeatDue, transfer.deadline)
                } else {
                    leader.heartbeatDue
                }
            } else {
                nil
            }
        }
    }

    /// Lets time pass. Cheap while nothing is due.
    public mutating func tick(now: Duration) {
        clock = max(clock, now)
        guard forgotten == nil, let deadline = nextDeadline, now >= deadline else { return }
        guard isLeader else {
            campaign(now: now)
            return
        }
        if let transfer = leader.transfer, now >= transfer.deadline {
            leader.transfer = nil
            settleConfiguration(now: now)
            if isRetiring, leader.transfer == nil { chooseSuccessor(now: now) }
        }
        guard now >= leader.heartbeatDue else { return }
        leader.heartbeatDue = now + settings.heartbeatInterval
        guard hasActiveQuorum(now: now) else {
            becomeFollower(term: term, leader: nil, now: now)
            return
        }
        sendHeartbeats()
    }

    /// Whether a quorum was heard within an election timeout (check-quorum, thesis section 6.2): a leader that is cut
    /// off makes way, so that its clients do not wait for what cannot happen.
    private mutating func hasActiveQuorum(now: Duration) -> Bool {
        guard !mutations.contains(.skipCheckQuorum) else { return true }
        if let own = leader.position(of: id) { leader.progress[own].lastHeard = now }
        guard let heard = leader.agreed({ $0.lastHeard }, mutations: mutations) else { return false }
        return now - heard <= settings.electionTimeout
    }
}
