extension RaftGroup {
    /// Proposes another configuration. It counts from when it is applied; if it is joint, this leader, or its
    /// successor, then ends the joint phase by itself. ``Status/isChanging`` says when all is done.
    ///
    /// A configuration counts when applied, not when appended as in the paper. That is safe because the next one is
    /// appended only after that (see ``isPromotable``).
    public mutating func changeConfiguration(
        _ change: ConfigurationChange, now: Duration
    ) throws(ConfigurationChangeError) {
        clock = max(clock, now)
        guard case .leader(let state) = role else { throw .notLeader(hint: leaderID) }
        if let transfer = state.transfer { throw .transferring(to: transfer.to) }
        guard applied >= state.first || mutations.contains(.changeBeforeEstablished) else { throw .notEstablished }
        let isChanging = configuration.isJoint || !unappliedConfigurations.isEmpty
        guard !isChanging || mutations.contains(.changeWhileChanging) else { throw .changing }
        let target = try configuration.applying(change)
        for case .promote(let id) in change.steps {
            guard isCaughtUp(id, state, now: now) || mutations.contains(.promoteEarly) else { throw .notCaughtUp(id) }
        }
        append(.configuration(target))
    }

    private func isCaughtUp(_ id: ReplicaID, _ leader: Leader, now: Duration) -> Bool {
        guard let position = leader.position(of: id) else { return false }
        let learner = leader.progress[position]
        return now - learner.lastHeard <= settings.electionTimeout
            && learner.catchUp.isCaughtUp(match: learner.match, now: now, timeout: settings.electionTimeout)
    }

    mutating func noteConfiguration(_ change: Configuration, at index: LogIndex) {
        unappliedConfigurations.append(index)
        if mutations.contains(.applyConfigurationEarly) { adopt(change, now: clock) }
    }

    /// Lets the configurations count that are applied by now.
    mutating func applyConfigurations(now: Duration) {
        while let first = unappliedConfigurations.first, first <= applied {
            unappliedConfigurations.removeFirst()
            if case .configuration(let change)? = log.entry(at: first)?.payload { adopt(change, now: now) }
        }
    }

    private mutating func adopt(_ change: Configuration, now: Duration) {
        configuration = change
        guard isLeader else { return }
        dismissLeavers(change)
        let next = log.last.next
        leader.progress = change.replicas.map { replica in
            let standing = Progress.Standing(of: replica, in: change)
            guard let position = leader.position(of: replica) else {
                return Progress(id: replica, standing: standing, next: next, now: now)
            }
            var known = leader.progress[position]
            known.standing = standing
            return known
        }
        guard change.isVoter(id) else {
            retire(now: now)
            return
        }
        if let transfer = leader.transfer, !change.voters.contains(transfer.to) { leader.transfer = nil }
        leader.heartbeatDue = min(leader.heartbeatDue, now + settings.heartbeatInterval)
        advanceCommit()
        finishReads()
    }

    /// Tells those who are no longer part of the group that this is so, as far as they can know: a last word, best
    /// effort, so that they need not ask for votes which nobody will give.
    private mutating func dismissLeavers(_ change: Configuration) {
        for leaver in leader.progress where leaver.id != id && !change.contains(leaver.id) {
            let body = Message.Body.heartbeat(commit: min(leaver.match, commit), round: 0)
            send(body, to: leaver.id, after: .term)
        }
    }

    /// A leader that is no voter any more tells the others what it knows, asks the one that knows most to take over,
    /// and steps down.
    private mutating func retire(now: Duration) {
        replicate()
        var successor: Progress?
        for peer in leader.progress where peer.standing.contains(.incoming) && peer.id != id {
            if let known = successor, known.match >= peer.match { continue }
            successor = peer
        }
        if let successor { send(.campaignNow, to: successor.id, after: .term) }
        becomeFollower(term: term, leader: nil, now: now)
    }

    /// Ends the joint phase, once it has been applied and nothing else is under way.
    mutating func leaveJointIfSettled(now: Duration) {
        guard configuration.isJoint, unappliedConfigurations.isEmpty, applied >= leader.first else { return }
        append(.configuration(configuration.settled))
    }
}
