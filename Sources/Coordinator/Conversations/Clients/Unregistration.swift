import Checks
import HashRing

/// Ends a client: `ending` at its home, from which on it is given nothing; then every open slot's lease is cancelled at
/// its shard and the slot closed by that committed answer; then it is finished and, not before, answered.
///
/// Goes on when nobody waits for it any more, and is taken up from its home's state under any leader.
struct Unregistration: Conversation {
    private enum State: Sendable {
        case beginning
        case cancelling(generation: UInt64, outstanding: Int)
        case looking(generation: UInt64)
        case finishing(generation: UInt64)
        /// A step was lost; the slots that are still open are looked up again after a while.
        case resting(generation: UInt64)
    }

    private enum Step {
        static let begin = 0
        static let finish = 1
        static let look = 2
        static let closed = 3
        /// Plus the position of the slot.
        static let cancel = 4
    }

    let client: ClientID
    private let request: RequestID?
    private let cause: EndingCause?
    private var state: State
    private var slots: [SlotAsk]
    private var hasLost = false

    var delivery: DeliveryOutcome { .unknown }

    /// A caller's request.
    init(request: RequestID, client: ClientID, cause: EndingCause) {
        self.request = request
        self.client = client
        self.cause = cause
        state = .beginning
        slots = []
    }

    /// What a predecessor began.
    init(resuming ending: OpenWork.Ending) {
        request = nil
        cause = nil
        client = ending.client
        slots = ending.open
        state = .cancelling(generation: ending.generation, outstanding: 0)
    }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch (state, event) {
        case (.beginning, .begin):
            if let cause { node.admit(.beginUnregister(client, by: cause), to: home(in: node), step: Step.begin) }
        case (.cancelling(let generation, _), .begin): cancel(generation, in: &node)
        case (.beginning, .outcome(_, let result)): return begun(result, in: &node)
        case (.cancelling(let generation, let outstanding), .outcome(let step, let result)):
            cancelled(step, result, generation, outstanding, in: &node)
        case (.looking(let generation), .answer(_, .success(.slots(let open)))):
            slots = open
            cancel(generation, in: &node)
        case (.looking(let generation), .answer): return rest(generation, in: &node)
        case (.finishing(let generation), .outcome(_, let result)): return finished(result, generation, in: &node)
        case (.resting(let generation), .due):
            state = .looking(generation: generation)
            node.ask(.slots(client), of: home(in: node), step: Step.look)
        default: break
        }
        return .goesOn
    }

    private func home(in node: NodeState) -> ShardID { node.home(of: client) }

    private mutating func begun(_ result: Result<Outcome, Loss>, in node: inout NodeState) -> Progress {
        switch result {
        case .success(.ending(let generation, let open)):
            slots = open
            if let request, node.faults.contains(.answerBeforeCancels) { node.reply(request, .done) }
            for conversation in node.reservations.conversations(of: client) {
                node.events.append((conversation, .ending))
            }
            cancel(generation, in: &node)
            return .goesOn
        case .success(.refused(let refusal)): refuse(Refusal(refusal), in: &node)
        case .success: refuse(.strangeAnswer, in: &node)
        case .failure(let loss): refuse(loss.refusal, in: &node)
        }
        return .finished
    }

    private func refuse(_ refusal: Refusal, in node: inout NodeState) {
        if let request { node.refuse(request, refusal) }
    }

    private mutating func cancel(_ generation: UInt64, in node: inout NodeState) {
        guard !slots.isEmpty else {
            finish(generation, in: &node)
            return
        }
        hasLost = false
        state = .cancelling(generation: generation, outstanding: slots.count)
        for (position, slot) in slots.enumerated() {
            node.propose(.cancel(slot.lease, client: client), to: slot.lease.shard, step: Step.cancel + position)
        }
    }

    private mutating func cancelled(
        _ step: Int, _ result: Result<Outcome, Loss>, _ generation: UInt64, _ outstanding: Int, in node: inout NodeState
    ) {
        if step >= Step.cancel, case .success = result {
            let slot = slots[step - Step.cancel]
            node.propose(.slotCancelled(slot: slot.slot, lease: slot.lease), to: home(in: node), step: Step.closed)
            return
        }
        if case .failure = result { hasLost = true }
        state = .cancelling(generation: generation, outstanding: outstanding - 1)
        guard outstanding == 1 else { return }
        if hasLost { _ = rest(generation, in: &node) } else { finish(generation, in: &node) }
    }

    private mutating func finish(_ generation: UInt64, in node: inout NodeState) {
        state = .finishing(generation: generation)
        node.propose(.finishUnregister(client, generation: generation), to: home(in: node), step: Step.finish)
    }

    private mutating func finished(
        _ result: Result<Outcome, Loss>, _ generation: UInt64, in node: inout NodeState
    ) -> Progress {
        switch result {
        case .success(.refused(.notFinished)), .failure: return rest(generation, in: &node)
        case .success:
            if let request { node.reply(request, .done) }
            return .finished
        }
    }

    /// Whoever leads the home next takes it up; as long as that is this node, it tries again.
    private mutating func rest(_ generation: UInt64, in node: inout NodeState) -> Progress {
        guard node.leads(home(in: node)) else {
            refuse(.unavailable(.unknown, retryAfterSeconds: Limits.busyRetrySeconds), in: &node)
            return .finished
        }
        state = .resting(generation: generation)
        node.wake(at: node.now.monotonic + Limits.recoveryRetry)
        return .goesOn
    }
}
