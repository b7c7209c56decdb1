import Checks
import Consensus
import HashRing

extension NodeState {
    /// A lease of a shard that this node leads was granted.
    mutating func noteGrant(_ lease: LeaseRecord) {
        let shard = lease.id.shard
        guard shard.index < leases.count else { return }
        let entry = LeaseClock.Live(
            deadline: lease.deadline, ripe: now.monotonic + now.wall.duration(to: lease.deadline),
            graceSeconds: graceSeconds(of: lease.service))
        leases[shard.index].note(lease.id, entry, now: now)
        setExpiryTimer(of: shard)
    }

    /// A lease that was granted before this leader took office: its remaining time counts from then.
    mutating func noteFound(_ lease: LeaseRecord) {
        let shard = lease.id.shard
        guard shard.index < leases.count, leases[shard.index].live[lease.id] == nil,
            let office = groups[shard.index + 1].standing.office
        else { return }
        let entry = LeaseClock.Live(
            deadline: lease.deadline, ripe: office.since + office.time.duration(to: lease.deadline),
            graceSeconds: graceSeconds(of: lease.service))
        leases[shard.index].note(lease.id, entry, now: now)
        setExpiryTimer(of: shard)
    }

    mutating func noteRenewal(_ lease: LeaseID, deadline: Timestamp) {
        guard lease.shard.index < leases.count else { return }
        leases[lease.shard.index].noteRenewal(lease, deadline: deadline, now: now)
        setExpiryTimer(of: lease.shard)
    }

    /// What a shard's outbox says of its leases.
    mutating func noteEnding(_ event: OutboxEvent, at shard: ShardID) {
        switch event {
        case .leaseDead(_, _, let lease, _):
            leases[shard.index].noteDead(lease, now: now)
            setExpiryTimer(of: shard)
        case .leaseEnded(_, _, let lease, _, _, _): leases[shard.index].noteEnded(lease)
        case .resultsAccepted, .faults: break
        }
    }

    private func graceSeconds(of service: ServiceName) -> Int {
        if faults.contains(.expireEarly) { return 0 }
        return registry.service(service)?.settings.graceSeconds ?? ServiceSettings().graceSeconds
    }

    private mutating func setExpiryTimer(of shard: ShardID) {
        guard let due = leases[shard.index].next else { return }
        if let timer = leases[shard.index].timer, timer <= due { return }
        leases[shard.index].timer = due
        timers.add(.expiry(shard), due: due)
    }

    /// Lapses and releases what is due.
    mutating func expire(_ shard: ShardID) {
        leases[shard.index].timer = nil
        guard groups[shard.index + 1].standing.office != nil else { return }
        let due = leases[shard.index].takeDue(now: now)
        if !due.lapsed.isEmpty { propose(.lapse(due.lapsed), to: shard) }
        if !due.released.isEmpty { propose(.release(due.released), to: shard) }
        setExpiryTimer(of: shard)
        if leases[shard.index].isIncomplete {
            // A lease that is not ended although it was due: either it ended otherwise, or another one is meant.
            let summary = summaries[shard.index]
            let hasLeases = summary?.nextLapse != nil || summary?.nextRelease != nil
            if hasLeases { searchLeases() } else { leases[shard.index].isIncomplete = false }
        }
    }

    /// Looks for leases that this node leads and does not know, unless somebody is at it.
    mutating func searchLeases() {
        guard !upkeep[0].isSearching else { return }
        upkeep[0].isSearching = true
        start(LeaseSearch())
    }
}
