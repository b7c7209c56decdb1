import Checks
import HashRing

/// Waits until everything proposed to a home so far is applied there: a command that changes nothing, behind all others.
struct HomeBarrier: Conversation {
    let home: ShardID
    let waiter: ConversationID

    var delivery: DeliveryOutcome { .notApplied }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            node.propose(.touch([]), to: home, step: 0)
            return .goesOn
        case .outcome:
            // Lost or applied: whoever waits asks the home next and learns what became of it.
            node.finishDrain(of: waiter)
            return .finished
        default: return .goesOn
        }
    }
}
