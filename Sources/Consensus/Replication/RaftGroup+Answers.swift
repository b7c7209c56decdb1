extension RaftGroup {
    /// A follower has everything through `index`.
    mutating func receiveAcceptance(through index: LogIndex, from: ReplicaID, now: Duration) {
        guard isLeader, index <= log.last, let position = heard(from, now: now) else { return }
        let isNews = leader.progress[position].accepted(through: index, base: log.base.index)
        if isNews { advanceCommit() }
        observeCatchUp(position, now: now)
        finishTransferIfCaughtUp(from)
    }

    /// A follower does not hold what an append followed. The leader goes back at once to where both logs may agree:
    /// at most one probe per term in which they differ (Raft, end of section 5.3).
    mutating func receive(_ rejection: Message.AppendRejection, from: ReplicaID, now: Duration) {
        guard isLeader, let position = heard(from, now: now) else { return }
        let place = log.lastPlace(atOrBefore: rejection.hint.index, withTermAtMost: rejection.hint.term)
        _ = leader.progress[position].rejected(index: rejection.index, place: place.index)
    }

    /// A follower follows. Whatever it did not get meanwhile is sent again.
    mutating func receiveHeartbeatAnswer(round: UInt64, from: ReplicaID, now: Duration) {
        guard isLeader, let position = heard(from, now: now) else { return }
        leader.progress[position].round = max(leader.progress[position].round, min(round, leader.reads.round))
        if leader.progress[position].pace == .probe(isWaiting: true) {
            leader.progress[position].pace = .probe(isWaiting: false)
        }
        if leader.progress[position].hasStalled() { sendReminder(to: position) }
        observeCatchUp(position, now: now)
        finishReads()
    }

    /// Notes a sign of life. `nil` if the sender is not part of the configuration: it is ignored.
    private mutating func heard(_ from: ReplicaID, now: Duration) -> Int? {
        guard let position = leader.position(of: from) else { return nil }
        leader.progress[position].lastHeard = now
        leader.progress[position].hasAnswered = true
        return position
    }

    private mutating func observeCatchUp(_ position: Int, now: Duration) {
        guard !leader.progress[position].isVoter else { return }
        let match = leader.progress[position].match
        leader.progress[position].catchUp.observe(
            match: match, commit: commit, now: now, timeout: settings.electionTimeout)
    }
}
