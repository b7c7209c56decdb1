import Checks
import HashRing

/// What the leader of a shard does for it without being asked.
struct Upkeep: Sendable {
    /// A durable job is being stepped.
    var isStepping = false
    /// When the shard was last purged, and whether a timer is set for the next time.
    var lastPurge: Duration?
    var purgeTimer: Duration?
    /// A search for leases is under way; only the first shard's counts.
    var isSearching = false
    /// Requests that wait for the shard's jobs to end.
    var awaitingJobs: [ConversationID] = []
}

extension NodeState {
    /// Looks at what a shard says of itself after a batch.
    mutating func lookAfter(_ shard: ShardID) {
        guard let summary = summaries[shard.index] else { return }
        if summary.jobs { stepJobs(of: shard) } else { finishJobs(of: shard) }
        if let due = summary.nextPurge { schedulePurge(of: shard, due: due) }
    }

    private mutating func stepJobs(of shard: ShardID) {
        guard !upkeep[shard.index].isStepping else { return }
        upkeep[shard.index].isStepping = true
        start(JobDriving(shard: shard))
    }

    mutating func finishJobs(of shard: ShardID) {
        guard !upkeep[shard.index].awaitingJobs.isEmpty else { return }
        for conversation in upkeep[shard.index].awaitingJobs { events.append((conversation, .ready)) }
        upkeep[shard.index].awaitingJobs = []
    }

    private mutating func schedulePurge(of shard: ShardID, due: Timestamp) {
        let byWall = now.monotonic + max(.zero, now.wall.duration(to: due))
        let earliest = upkeep[shard.index].lastPurge.map { $0 + Limits.purgeInterval } ?? now.monotonic
        let when = max(byWall, earliest)
        if let timer = upkeep[shard.index].purgeTimer, timer <= when { return }
        upkeep[shard.index].purgeTimer = when
        timers.add(.purge(shard), due: when)
    }

    mutating func purge(_ shard: ShardID) {
        upkeep[shard.index].purgeTimer = nil
        guard servesHere(shard), let due = summaries[shard.index]?.nextPurge else { return }
        guard due <= now.wall else { return schedulePurge(of: shard, due: due) }
        upkeep[shard.index].lastPurge = now.monotonic
        propose(.purge, to: shard)
    }
}

/// Steps a shard's durable jobs until none is left.
struct JobDriving: Conversation {
    let shard: ShardID

    init(shard: ShardID) { self.shard = shard }

    var delivery: DeliveryOutcome { .unknown }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin, .outcome(_, .success(.jobStep(more: true))):
            node.propose(.jobStep, to: shard, step: 0)
            return .goesOn
        case .outcome(_, .failure):
            node.upkeep[shard.index].isStepping = false
            node.timers.add(.job(shard), due: node.now.monotonic + Limits.recoveryRetry)
            return .finished
        case .outcome:
            node.upkeep[shard.index].isStepping = false
            return .finished
        default: return .goesOn
        }
    }
}
