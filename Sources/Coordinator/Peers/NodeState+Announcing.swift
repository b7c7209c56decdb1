import Checks
import Consensus
import HashRing

// Who leads what, and what can be had there: told to every peer once a second, and at once when it matters.

extension NodeState {
    /// Sets the clocks of what recurs.
    mutating func startClocks() {
        timers.add(.announcement, due: now.monotonic + Limits.announcementInterval)
        timers.add(.memberWatch, due: now.monotonic + Limits.memberWatchInterval)
        scheduleGossip()
        start(AddressReport())
    }

    /// Everything that is led here, to everyone; once a second.
    mutating func announceAll() {
        timers.add(.announcement, due: now.monotonic + Limits.announcementInterval)
        watchClock()
        guard !peers.connected.isEmpty else { return }
        let announcement = Announcement(wall: clocks.wall, leads: groups.indices.compactMap(lead))
        for node in peers.nodes { post(.leading(announcement), to: node) }
    }

    mutating func announceAll(to node: NodeID) {
        post(.leading(Announcement(wall: clocks.wall, leads: groups.indices.compactMap(lead))), to: node)
    }

    /// One group's, to everyone, at once.
    mutating func announce(_ position: Int) {
        guard let lead = lead(position), !peers.connected.isEmpty else { return }
        let announcement = Announcement(wall: clocks.wall, leads: [lead])
        for node in peers.nodes { post(.leading(announcement), to: node) }
    }

    private func lead(_ position: Int) -> Announcement.Lead? {
        guard case .serving(let office) = groups[position].standing else { return nil }
        let summary = position == 0 ? nil : summaries[position - 1]
        return Announcement.Lead(
            group: groups[position].key, term: office.term.rawValue, ready: summary?.ready ?? [],
            jobs: summary?.jobs ?? false, confirmed: isClockSkewed ? nil : groups[position].confirmed)
    }

    /// This node leads a group from now on.
    mutating func tookOffice(at position: Int, term: Term) {
        _ = routes.note(identity.node, term: term.rawValue, of: position)
        abandonCalls(to: position, butNotAt: identity.node)
        scheduleRebalancing(of: position)
    }

    mutating func take(_ announcement: Announcement, from node: NodeID) {
        clocks.note(node, wall: announcement.wall)
        now = clocks.corrected
        for lead in announcement.leads {
            guard let position = position(of: lead.group) else { continue }
            if let confirmed = lead.confirmed { learn(confirmed, told: announcement.wall, at: position) }
            guard !groups[position].isInOffice else { continue }
            noteLeader(node, term: lead.term, of: position)
            guard routes.leader(of: position) == node, case .shard(let shard) = lead.group else { continue }
            noteReadiness(lead.ready, of: shard)
            noteJobs(lead.jobs, of: shard)
        }
    }

    /// A remote shard's jobs have ended, or gone on.
    private mutating func noteJobs(_ jobs: Bool, of shard: ShardID) {
        if !jobs { finishJobs(of: shard) }
    }

    // MARK: The clock

    /// The clocks were read: once for each turn.
    mutating func read(_ moment: Moment) {
        clocks.read(moment)
        now = clocks.corrected
    }

    /// Whether this node's clock is too far from the others' for it to lead.
    var isClockSkewed: Bool { clocks.isSkewed }

    /// Whether a node, this or another, leads nothing because its clock is wrong.
    func isClockSkewed(at node: NodeID) -> Bool {
        node == identity.node ? clocks.isSkewed : clocks.isSkewed(node)
    }

    /// A node that cannot trust its clock says so and leads nothing.
    private mutating func watchClock() {
        guard isClockSkewed else { return }
        raise(.clockSkewed(milliseconds: Int(clocks.ownOffset)))
        _ = handLeadershipOver()
    }

    /// Hands every leadership to another voter that is well; returns whether some are still here that could go.
    mutating func handLeadershipOver() -> Bool {
        var waits = false
        for position in groups.indices where groups[position].leads {
            guard let successor = successor(at: position) else { continue }
            waits = true
            try? groups[position].raft?.transferLeadership(to: successor, now: now.monotonic)
            touch(position)
        }
        return waits
    }

    /// The voter that has most of the log, of those that answer and whose clocks are right. A node that stops takes one with a
    /// wrong clock where there is no other: of its own accord that one would not ask to lead.
    private func successor(at position: Int) -> ReplicaID? {
        guard let raft = groups[position].raft else { return nil }
        let status = raft.status
        func isSkewed(_ follower: FollowerStatus) -> Bool {
            registry.node(of: follower.id, in: groups[position].key).map(clocks.isSkewed) ?? false
        }
        return status.followers
            .filter { $0.id != raft.id && $0.isActive && status.configuration.voters.contains($0.id) }
            .filter { registry.node(of: $0.id, in: groups[position].key).map(peers.isConnected) ?? false }
            .filter { ending != .none || !isSkewed($0) }
            .max { (isSkewed($0) ? 0 : 1, $0.match, $1.id) < (isSkewed($1) ? 0 : 1, $1.match, $0.id) }?.id
    }
}
