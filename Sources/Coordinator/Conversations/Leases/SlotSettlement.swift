import Checks
import HashRing

/// Brings a slot whose last ask has no known outcome to one: the ask is fenced at its shard, and what that says (it was
/// granted, or it never will be) is committed at the home. What a new leader does first, for every such slot.
struct SlotSettlement: Conversation {
    let client: ClientID
    let ask: SlotAsk

    init(client: ClientID, ask: SlotAsk) {
        self.client = client
        self.ask = ask
    }

    private enum Step {
        static let fence = 0
        static let settle = 1
    }

    var delivery: DeliveryOutcome { .unknown }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        let home = node.home(of: client)
        switch event {
        case .begin, .due:
            node.propose(.fence(ask.lease, client: client), to: ask.lease.shard, step: Step.fence)
        case .outcome(Step.fence, .success(.fenced(.some(let lease)))):
            node.propose(
                .granted(slot: ask.slot, lease: lease.id, users: lease.users.count, deadline: lease.deadline), to: home,
                step: Step.settle)
        case .outcome(Step.fence, .success):
            node.propose(.exhausted(slot: ask.slot, lease: ask.lease), to: home, step: Step.settle)
        case .outcome(Step.settle, .success): return .finished
        case .outcome(_, .failure):
            // Whoever leads the home next begins again; as long as that is this node, it does.
            guard node.leads(home) else { return .finished }
            node.wake(at: node.now.monotonic + Limits.recoveryRetry)
        default: break
        }
        return .goesOn
    }
}
