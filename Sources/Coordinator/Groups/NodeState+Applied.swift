import Checks
import Consensus
import HashRing

extension NodeState {
    /// A shard has applied a batch: outcomes go to whoever proposed, and what the batch says of the shard to the parts
    /// that act on it.
    mutating func take(_ batch: AppliedBatch, of shard: ShardID) {
        guard let position = position(of: shard) else { return }
        let index = LogIndex(batch.summary.applied)
        summaries[shard.index] = batch.summary
        groups[position].raft.applied(through: index, now: now.monotonic)
        touch(position)
        for applied in batch.outcomes {
            if case .granted(let lease) = applied.outcome { noteGrant(lease) }
            deliver(applied, at: position)
        }
        while let first = groups[position].applying.first, first.index <= index {
            groups[position].applying.removeFirst()
            lose(first, of: groups[position].key, .fault)
        }
        guard groups[position].leads else { return }
        noteEmitted(batch.emitted, by: shard)
        noteReadiness(batch.summary.ready, of: shard)
        if groups[position].standing.office != nil { lookAfter(shard) }
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
            case .log(let key, let id):
                guard let position = position(of: key) else { continue }
                groups[position].raft.persisted(id, now: now.monotonic)
                touch(position)
            case .image(let index): compactRegistry(through: index)
            }
        }
    }

    /// The shard's file holds everything up to `index` whatever happens: the log before it may go.
    mutating func take(checkpoint index: LogIndex, of shard: ShardID) {
        guard let position = position(of: shard) else { return }
        let applied = groups[position].raft.status.applied
        let through = min(index, applied)
        guard through > groups[position].raft.status.base.index else { return }
        groups[position].raft.compact(through: through)
        effects.append(.compact(.shard(shard), through: through))
    }
}
