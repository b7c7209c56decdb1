import Checks
import Consensus
import DequeModule
import HashRing

extension NodeState {
    /// Follows what consensus says of leadership: into office, and out of it.
    mutating func watchStanding(of position: Int) {
        guard let status = groups[position].raft?.status else {
            if groups[position].standing != .following { stepDown(at: position) }
            loseProposed(at: position)
            return
        }
        let leads = status.role == .leader
        if !leads { followLeader(of: position, status) }
        if groups[position].standing != .following, !leads || isStale(groups[position].standing, in: status.term) {
            stepDown(at: position)
        }
        guard leads else { return }
        if groups[position].standing == .following {
            // What it proposed in an earlier term stands in the way of the indices to come.
            loseProposed(at: position)
            groups[position].standing = .elected
        }
        if groups[position].standing == .elected, status.isEstablished { takeOffice(at: position, term: status.term) }
    }

    private func isStale(_ standing: HostedGroup.Standing, in term: Term) -> Bool {
        guard let office = standing.office else { return false }
        return office.term != term
    }

    private mutating func takeOffice(at position: Int, term: Term) {
        switch groups[position].key {
        case .registry:
            let office = HostedGroup.Office(term: term, since: now.monotonic, time: registry.time)
            groups[position].standing = .recovering(office)
            start(RegistryRecovery(term: term))
        case .shard(let shard):
            let time = summaries[shard.index]?.time ?? now.wall
            let office = HostedGroup.Office(term: term, since: now.monotonic, time: time)
            groups[position].standing = .recovering(office)
            start(ShardRecovery(shard: shard, term: term))
        }
        tookOffice(at: position, term: term)
    }

    /// Another leads from now on. What was not proposed has not happened, and questions change nothing: both go where the
    /// group is led now. What was proposed may still be committed by the next leader: this replica sees it when it is, and
    /// waits for that for a moment.
    mutating func stepDown(at position: Int) {
        let term = groups[position].standing.office?.term
        groups[position].standing = .following
        let key = groups[position].key
        noteEndOfOffice(at: position, of: term)
        var proposals: [HostedGroup.Proposal] = []
        swap(&proposals, &groups[position].unproposed)
        let questions = groups[position].unread + groups[position].reading.flatMap(\.questions)
        groups[position].unread = []
        groups[position].reading = []
        for proposal in proposals { sendOn(proposal, at: position) }
        for question in questions { sendOn(question, at: position) }
        if case .shard(let shard) = key { forgetOffice(of: shard) }
    }

    /// Who makes way because no quorum is heard will not see soon what becomes of what it proposed.
    private mutating func noteEndOfOffice(at position: Int, of term: Term?) {
        guard !groups[position].proposed.isEmpty else { return }
        if let raft = groups[position].raft, raft.status.term == term {
            loseProposed(at: position)
        } else {
            timers.add(.fate(groups[position].key), due: now.monotonic + Limits.fatePatience)
        }
    }

    /// The fate of what this node proposed as a leader is not known in time.
    mutating func giveUpProposed(of key: GroupKey) {
        guard let position = position(of: key), groups[position].standing == .following else { return }
        loseProposed(at: position)
    }

    /// Nothing here will say what becomes of what was proposed.
    mutating func loseProposed(at position: Int) {
        let key = groups[position].key
        for awaited in groups[position].proposed { lose(awaited, of: key, .deposed) }
        groups[position].proposed = []
    }

    /// Nothing here will say what has become of what was proposed or committed: the replica, or its file, is another now.
    mutating func loseAwaited(at position: Int) {
        let key = groups[position].key
        for awaited in groups[position].applying { lose(awaited, of: key, .deposed) }
        groups[position].applying = []
        loseProposed(at: position)
    }

    /// What only the leader of a shard keeps about it.
    private mutating func forgetOffice(of shard: ShardID) {
        leases[shard.index] = LeaseClock()
        upkeep[shard.index] = Upkeep()
        outboxes.forget(source: shard)
        readiness.forget(shard)
    }

    /// Whether the shard or registry is still led in that term: what a recovery asks before its next step.
    func isInOffice(_ key: GroupKey, term: Term) -> Bool {
        guard let position = position(of: key) else { return false }
        return groups[position].standing.office?.term == term
    }

    /// From here on requests are served.
    mutating func serve(_ key: GroupKey) {
        guard let position = position(of: key), case .recovering(let office) = groups[position].standing else { return }
        groups[position].standing = .serving(office)
        announce(position)
        releaseParked(at: position)
        scheduleRebalancing(of: position, soon: true)
    }
}
