extension RaftGroup {
    /// Whether a change is under way: proposed, joint, or not known to a quorum to be over.
    var isChanging: Bool {
        if configuration.isJoint || !unappliedConfigurations.isEmpty { return true }
        guard case .leader(let leader) = role else { return false }
        return leader.owesSeal || commit < leader.seal
    }

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
        if let transfer = leader.transfer, !change.voters.contains(transfer.to) { leader.transfer = nil }
        leader.heartbeatDue = min(leader.heartbeatDue, now + settings.heartbeatInterval)
        advanceCommit()
        finishReads()
        leader.owesSeal = !change.isJoint
    }

    /// Tells those who are no longer part of the group that this is so, as far as they can know: a last word, best
    /// effort, so that they need not ask for votes which nobody will give.
    private mutating func dismissLeavers(_ change: Configuration) {
        for leaver in leader.progress where leaver.id != id && !change.contains(leaver.id) {
            let body = Message.Body.heartbeat(commit: min(leaver.match, commit), round: 0)
            send(body, to: leaver.id, after: .term)
        }
    }

    /// Appends what follows an applied configuration: the end of a joint phase, or else the seal. Not while a successor
    /// is campaigning, which would then lack it and lose.
    ///
    /// The seal makes it known that a change is over. It travels with the news that the configuration is committed, and
    /// is written together with it; so once it is committed, a quorum of the new configuration remembers, whatever
    /// crashes, and replicas that are out may be switched off.
    mutating func settleConfiguration(now: Duration) {
        guard unappliedConfigurations.isEmpty, applied >= leader.first, leader.transfer?.isAsked != true else { return }
        if configuration.isJoint {
            append(.configuration(configuration.settled))
        } else if leader.owesSeal {
            append(.empty)
            leader.seal = log.last
            leader.owesSeal = false
            if isRetiring, leader.transfer == nil { chooseSuccessor(now: now) }
        }
    }
}
