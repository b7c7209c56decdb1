import Checks
import HashRing

/// Work on every user of a service: a durable job in each shard. The answer says how many users it concerned when it
/// began, and comes when the jobs have ended or the caller's patience has; the jobs go on by themselves.
struct JobCall: Conversation {
    enum Kind: Sendable {
        case markUnmarked
        case recheckOlder(than: Timestamp)
    }

    private enum Step {
        static let countBefore = 0
        static let job = 1
        static let countAfter = 2
    }

    let request: RequestID
    let kind: Kind
    let marking: Marking
    private var outstanding = 0
    private var isStarted = false
    private var isCounted = false
    private var before = ShardCounts()
    private var after = ShardCounts()

    init(request: RequestID, kind: Kind, marking: Marking) {
        self.request = request
        self.kind = kind
        self.marking = marking
    }

    var delivery: DeliveryOutcome { isStarted ? .unknown : .notApplied }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin: askAll(Step.countBefore, in: &node)
        case .answer(let step, .success(.counts(let counts))):
            if step == Step.countBefore { before.add(counts) } else { after.add(counts) }
            outstanding -= 1
            guard outstanding == 0 else { return .goesOn }
            if step == Step.countAfter { return finish(in: &node) }
            startJobs(in: &node)
        case .outcome(_, .success(.jobStarted)), .outcome(_, .success(.done)):
            outstanding -= 1
            if outstanding == 0 { awaitJobs(in: &node) }
        case .ready:
            outstanding -= 1
            if outstanding == 0, !isCounted { return count(in: &node) }
        case .due:
            if !isCounted { return count(in: &node) }
        case .outcome(_, .success(.refused(let refusal))), .answer(_, .success(.refused(let refusal))):
            node.refuse(request, Refusal(refusal))
            return .finished
        case .outcome(_, .success), .answer(_, .success):
            node.refuse(request, .strangeAnswer)
            return .finished
        case .outcome(_, .failure(let loss)), .answer(_, .failure(let loss)):
            node.refuse(request, Loss(reason: loss.reason, outcome: delivery))
            return .finished
        default: break
        }
        return .goesOn
    }

    private mutating func askAll(_ step: Int, in node: inout NodeState) {
        outstanding = node.shards.count
        for shard in node.shards { node.ask(.counts(marking.service), of: shard, step: step) }
    }

    private mutating func startJobs(in node: inout NodeState) {
        isStarted = true
        outstanding = node.shards.count
        for shard in node.shards {
            switch kind {
            case .markUnmarked: node.propose(.markUnmarked(marking), to: shard, step: Step.job)
            case .recheckOlder(let moment):
                node.propose(.recheckOlder(than: moment, marking), to: shard, step: Step.job)
            }
        }
    }

    private mutating func awaitJobs(in node: inout NodeState) {
        node.wake(at: node.now.monotonic + Limits.jobPatience)
        for shard in node.shards where !node.leads(shard) || node.summaries[shard.index]?.jobs == true {
            outstanding += 1
            node.upkeep[shard.index].awaitingJobs.append(node.current)
        }
        if outstanding == 0 { node.events.append((node.current, .due)) }
    }

    private mutating func count(in node: inout NodeState) -> Progress {
        isCounted = true
        if case .markUnmarked = kind { return finish(in: &node) }
        askAll(Step.countAfter, in: &node)
        return .goesOn
    }

    private func finish(in node: inout NodeState) -> Progress {
        switch kind {
        case .markUnmarked:
            var tally = MarkTally()
            tally.marked = before.unmarked
            node.reply(request, .marked(tally))
        case .recheckOlder:
            var tally = RecheckTally()
            tally.requeued = max(0, before.ended - after.ended)
            node.reply(request, .rechecked(tally))
        }
        return .finished
    }
}

extension ShardCounts {
    /// Tasks that are over.
    fileprivate var ended: Int { done + failed }
}
