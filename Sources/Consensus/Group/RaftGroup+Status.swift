extension RaftGroup {
    /// The group as this replica sees it. O(replicas).
    public var status: Status {
        var transferee: ReplicaID?
        var followers: [FollowerStatus] = []
        var isEstablished = false
        if case .leader(let leader) = role {
            transferee = leader.transfer?.to
            isEstablished = applied >= leader.first
            followers = leader.progress.map { followerStatus(of: $0) }
        }
        return Status(
            role: statusRole, term: term, leader: leaderID, commit: commit, applied: applied, lastIndex: log.last,
            base: log.base, configuration: configuration,
            isChanging: isChanging, isEstablished: isEstablished,
            transferee: transferee, followers: followers)
    }

    /// How long those have been silent without whom nothing can be done: on a leader a quorum, on a follower its leader.
    /// `nil` where there is nobody to be heard.
    public func silence(now: Duration) -> Duration? {
        switch role {
        case .leader(let leader):
            if isOnlyVoter { return nil }
            return leader.agreed({ $0.id == id ? now : $0.lastHeard }, mutations: mutations).map { now - $0 }
        case .follower(let follower): return follower.leader == nil ? nil : now - follower.lastContact
        case .preCandidate, .candidate: return nil
        }
    }

    private var statusRole: Status.Role {
        switch role {
        case .follower: .follower
        case .preCandidate: .preCandidate
        case .candidate: .candidate
        case .leader: .leader
        }
    }

    private func followerStatus(of peer: Progress) -> FollowerStatus {
        let timeout = settings.electionTimeout
        let isActive = peer.id == id || (peer.hasAnswered && clock - peer.lastHeard <= timeout)
        let keepsUp = peer.catchUp.isCaughtUp(match: peer.match, now: clock, timeout: timeout)
        var needsSnapshot = false
        if case .snapshot = peer.pace { needsSnapshot = true }
        return FollowerStatus(
            id: peer.id, match: peer.match, isLearner: peer.standing.contains(.learner),
            isCaughtUp: peer.isVoter || (isActive && keepsUp), isActive: isActive, needsSnapshot: needsSnapshot)
    }
}
