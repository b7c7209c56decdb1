import Checks
import Consensus
import HashRing

extension NodeState {
    /// A shard has applied a batch: outcomes go to whoever proposed, and what the batch says of the shard to the parts
    /// that act on it.
    mutating func take(_ batch: AppliedBatch, of shard: ShardID) {
        guard let position = position(of: shard), groups[position].raft != nil, groups[position].opening == 0 else {
            return
        }
        let index = LogIndex(batch.summary.applied)
        let before = summaries[shard.index]
        summaries[shard.index] = batch.summary
        groups[position].raft?.applied(through: index, now: now.monotonic)
        touch(position)
        let leads = groups[position].leads
        for applied in batch.outcomes {
            switch applied.outcome {
            case .granted(let lease) where leads: noteGrant(lease)
            case .digest(let bytes):
                groups[position].digest = NodeReport.Digest(index: applied.index, bytes: bytes)
            default: break
            }
            deliver(applied, at: position)
        }
        while let first = groups[position].applying.first, first.index <= index {
            groups[position].applying.removeFirst()
            lose(first, of: groups[position].key, .fault)
        }
        guard leads else { return }
        noteEmitted(batch.emitted, by: shard)
        noteReadiness(batch.summary.ready, of: shard)
        if isNews(batch.summary, after: before) { announce(position) }
        if groups[position].standing.office != nil { lookAfter(shard) }
    }

    /// Whether peers should hear at once: something can be had where there was nothing, or jobs began or ended.
    private func isNews(_ summary: ShardSummary, after before: ShardSummary?) -> Bool {
        guard let before, summary.jobs == before.jobs else { return true }
        return summary.ready.contains { ready in
            !before.ready.contains { $0.service == ready.service && $0.lane == ready.lane }
        }
    }

    private mutating func deliver(_ applied: AppliedBatch.AppliedOutcome, at position: Int) {
        while let first = groups[position].applying.first, first.index.rawValue <= applied.index {
            groups[position].applying.removeFirst()
            guard first.index.rawValue == applied.index else {
                lose(first, of: groups[position].key, .fault)
                continue
            }
            if let ticket = first.ticket {
                events.append((ticket.conversation, .outcome(ticket.step, .success(applied.outcome))))
            }
        }
    }

    /// A part of the disk's work is done.
    mutating func take(durable ticket: PersistTicket) {
        while let write = persists.takeDurable(through: ticket) {
            switch write {
            case .log(let key, let replica, let id):
                guard let position = position(of: key), groups[position].raft?.id == replica else { continue }
                groups[position].raft?.persisted(id, now: now.monotonic)
                touch(position)
                finishInstallation(at: position, through: id)
            case .image(let index): compactRegistry(through: index)
            case .removal(let key): finishDrop(of: key)
            case .other: break
            }
        }
    }

    /// The shard's file holds everything up to `index` whatever happens: the log before it may go.
    mutating func take(checkpoint index: LogIndex, of shard: ShardID) {
        guard let position = position(of: shard), let status = groups[position].raft?.status,
            groups[position].installing == nil, groups[position].opening == 0
        else { return }
        // A follower that is a little behind gets what it lacks from the log rather than a whole snapshot.
        let slowest = status.followers.filter(\.isActive).map(\.match).min() ?? status.applied
        let kept = LogIndex(status.applied.rawValue - min(status.applied.rawValue, Limits.entriesKeptForFollowers))
        let through = min(index, status.applied, max(slowest, kept))
        guard through > status.base.index else { return }
        groups[position].raft?.compact(through: through)
        effects.append(.compact(.shard(shard), through: through, status.configuration))
    }
}
