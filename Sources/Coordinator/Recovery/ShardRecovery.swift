import Checks
import Consensus
import HashRing

/// What a shard's new leader does before it serves: hands the shard the registry's services and settings, then takes up
/// what its predecessors left open. Undecided slots are fenced and settled, ending clients driven on, jobs stepped,
/// outboxes delivered, and leases from before are looked up so that they can expire.
struct ShardRecovery: Conversation {
    let shard: ShardID
    let term: Term

    private enum Step {
        static let configure = 0
        static let openWork = 1
    }

    init(shard: ShardID, term: Term) {
        self.shard = shard
        self.term = term
    }

    var delivery: DeliveryOutcome { .unknown }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        guard node.isInOffice(.shard(shard), term: term) else { return .finished }
        switch event {
        case .begin, .due, .ready:
            guard node.registry.version > 0 else {
                node.awaitingRegistry.append(node.current)
                return .goesOn
            }
            node.propose(.configure(node.registry.domain), to: shard, step: Step.configure)
        case .outcome(_, .success): node.ask(.openWork, of: shard, step: Step.openWork)
        case .answer(_, .success(.openWork(let work))):
            takeUp(work, in: &node)
            return .finished
        case .outcome, .answer: node.wake(at: node.now.monotonic + Limits.recoveryRetry)
        default: break
        }
        return .goesOn
    }

    private func takeUp(_ work: OpenWork, in node: inout NodeState) {
        for slot in work.undecided { node.start(SlotSettlement(client: slot.client, ask: slot.ask)) }
        for ending in work.ending { node.start(Unregistration(resuming: ending)) }
        node.resumeOutbox(of: shard, heads: work.outbox)
        if let summary = node.summaries[shard.index], summary.nextLapse != nil || summary.nextRelease != nil {
            node.leases[shard.index].isIncomplete = true
        }
        node.serve(.shard(shard))
        node.lookAfter(shard)
        if let summary = node.summaries[shard.index] { node.noteReadiness(summary.ready, of: shard) }
        if node.leases[shard.index].isIncomplete { node.searchLeases() }
    }
}
