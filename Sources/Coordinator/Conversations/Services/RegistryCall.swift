import Checks
import HashRing

/// A change of the registry. When it concerns services or settings, every shard is handed the new configuration before
/// the answer leaves: from then on it holds everywhere.
struct RegistryCall: Conversation {
    let request: RequestID
    let command: RegistryCommand
    /// What a done command is answered with; a service answers for itself.
    let answer: Response
    private var outcome: Response?
    private var missing: [ShardID] = []
    private var outstanding = 0

    init(request: RequestID, command: RegistryCommand, answer: Response) {
        self.request = request
        self.command = command
        self.answer = answer
    }

    var delivery: DeliveryOutcome { .unknown }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin: node.propose(command, step: 0)
        case .registry(_, .success(let outcome)): return applied(outcome, in: &node)
        case .registry(_, .failure(let loss)):
            node.refuse(request, loss)
            return .finished
        case .outcome(let shard, let result):
            outstanding -= 1
            if case .failure = result { missing.append(node.shards[shard]) }
            if outstanding == 0 { return configured(in: &node) }
        case .due: configure(in: &node)
        default: break
        }
        return .goesOn
    }

    private mutating func applied(_ outcome: RegistryOutcome, in node: inout NodeState) -> Progress {
        switch outcome {
        case .refused(let refusal):
            node.refuse(request, refusal.refusal)
            return .finished
        case .service(let service, let created): self.outcome = .service(service, created: created)
        case .done: self.outcome = answer
        case .current: break
        }
        switch command {
        case .patchSettings:
            self.outcome = .settings(node.registry.settings)
            fallthrough
        case .putService, .setServiceState, .putSettings:
            missing = node.shards
            configure(in: &node)
            return .goesOn
        default:
            node.reply(request, answer)
            return .finished
        }
    }

    private mutating func configure(in node: inout NodeState) {
        outstanding = missing.count
        for shard in missing { node.propose(.configure(node.registry.domain), to: shard, step: shard.index) }
        missing = []
    }

    private func configured(in node: inout NodeState) -> Progress {
        guard missing.isEmpty else {
            // A shard between two leaders: the next one configures it as well, this only waits to be sure.
            node.wake(at: node.now.monotonic + Limits.recoveryRetry)
            return .goesOn
        }
        node.reply(request, outcome ?? answer)
        return .finished
    }
}

/// What the registry holds, as of everything that was committed before the call.
struct RegistryQuery: Conversation {
    let request: RequestID
    let answer: @Sendable (Registry) -> Result<Response, Refusal>

    var delivery: DeliveryOutcome { .notApplied }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            node.refreshRegistry(step: 0)
            return .goesOn
        case .registry(_, .success): node.reply(request, answer(node.registry))
        case .registry(_, .failure(let loss)): node.refuse(request, loss)
        default: return .goesOn
        }
        return .finished
    }
}
