import HashRing

extension ShardMachine {
    /// What one command comes to.
    func apply(_ command: Command) throws -> Outcome {
        switch command {
        case .configure(let configuration):
            try context.configure(configuration)
            return .done
        case .digest: return .digest(try digest())
        case .jobStep: return try users.jobStep()
        case .purge:
            try users.purge()
            try home.purge()
            return .done
        case .inbox(let source, let first, let events): return try take(events, from: source, first: first)
        case .outboxDelivered(let target, let through):
            try channels.delivered(target, through: through)
            return .done
        case .addUsers(let references, let marking): return try users.add(references, mark: marking)
        case .mark(let names, let marking): return try users.mark(names, marking)
        case .markUnmarked(let marking): return try users.start(.markUnmarked, marking)
        case .recheck(let names, let marking): return try users.recheck(names, marking)
        case .recheckOlder(let moment, let marking): return try users.start(.recheck(olderThan: moment), marking)
        case .deleteUser(let name): return try users.delete(name)
        case .grant(let order): return try users.grant(order)
        case .fence(let lease, let client): return try users.fence(lease, client: client)
        case .cancel(let lease, let client): return try users.cancel(lease, client: client)
        case .report(let lease, let client, let secret, let rows, let release):
            return try users.report(lease, client, secret, rows: rows, release: release)
        case .renew(let lease, let client, let secret): return try users.renew(lease, client, secret)
        case .giveBack(let lease, let client, let secret): return try users.giveBack(lease, client, secret)
        case .lapse(let leases): return try users.lapse(leases)
        case .release(let leases): return try users.release(leases)
        case .register, .reserve, .ask, .granted, .exhausted, .fault, .touch, .beginUnregister, .slotCancelled,
            .finishUnregister, .quarantine, .reinstate:
            guard let outcome = try home.apply(command) else {
                preconditionFailure("every command of the home role has an outcome")
            }
            return outcome
        }
    }

    /// Takes events of another shard (or of this one), each once: what the watermark covers is skipped, and what follows a
    /// gap waits for the gap to be filled.
    private func take(_ events: [OutboxEvent], from source: ShardID, first: UInt64) throws -> Outcome {
        if let covered = channels.covered(source, first: first, count: events.count) {
            let known = context.faults.contains(.repeatEvents) ? 0 : covered
            for event in events.dropFirst(known) { try home.take(event) }
            if !events.isEmpty { channels.take(source, through: first + UInt64(events.count) - 1) }
        }
        return .inbox(source: source, through: channels.taken(source))
    }

    /// What the rest of the node needs to know after a batch, and once after opening.
    public func summary() throws -> ShardSummary {
        let deadlines = users.nextDeadlines
        return ShardSummary(
            applied: appliedIndex, time: context.now, ready: users.readiness, nextLapse: deadlines.lapse,
            nextRelease: deadlines.release, outbox: channels.heads, jobs: users.jobs.count > 0,
            nextPurge: [try users.nextPurge(), try home.nextPurge()].compactMap { $0 }.min())
    }
}
