import Checks
import Consensus
import DequeModule
import HashRing

extension NodeState {
    /// Follows what consensus says of leadership: into office, and out of it.
    mutating func watchStanding(of position: Int) {
        guard let status = groups[position].raft?.status else {
            if groups[position].standing != .following { stepDown(at: position) }
            return
        }
        let leads = status.role == .leader
        if !leads { followLeader(of: position, status) }
        if groups[position].standing != .following, !leads || isStale(groups[position].standing, in: status.term) {
            stepDown(at: position)
        }
        guard leads else { return }
        if groups[position].standing == .following { groups[position].standing = .elected }
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

    /// Everything that waited for this leader is lost: what was proposed may still be committed by the next.
    mutating func stepDown(at position: Int) {
        groups[position].standing = .following
        let key = groups[position].key
        for proposal in groups[position].unproposed { lose(proposal, .noLeader) }
        for awaited in groups[position].applying { lose(awaited, of: key, .deposed) }
        for awaited in groups[position].proposed { lose(awaited, of: key, .deposed) }
        for question in groups[position].unread { lose(question, .noLeader) }
        for reading in groups[position].reading { for question in reading.questions { lose(question, .noLeader) } }
        groups[position].unproposed = []
        groups[position].applying = []
        groups[position].proposed = []
        groups[position].unread = []
        groups[position].reading = []
        if case .shard(let shard) = key { forgetOffice(of: shard) }
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
