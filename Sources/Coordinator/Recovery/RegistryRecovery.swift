import Checks
import Consensus
import HashRing

/// What the leader of group 0 does first: the founding's registry if there is none yet, this node's own addresses if
/// they changed.
struct RegistryRecovery: Conversation {
    let term: Term

    var delivery: DeliveryOutcome { .unknown }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        guard node.isInOffice(.registry, term: term) else { return .finished }
        switch event {
        case .begin, .due:
            let own = Registry.Member(node.identity)
            if node.registry.version == 0 {
                node.propose(.found(.founding(node.identity)), step: 0)
            } else if node.registry.shardCount == 0 {
                // A folder from before there were clusters.
                node.propose(.layOut(Layout(node.identity)), step: 0)
            } else if let known = node.registry.member(own.node), own.standing(as: known) != known {
                node.propose(.putMember(own.standing(as: known)), step: 0)
            } else {
                return serve(in: &node)
            }
            return .goesOn
        case .registry(_, .success): return serve(in: &node)
        case .registry(_, .failure):
            node.wake(at: node.now.monotonic + Limits.recoveryRetry)
            return .goesOn
        default: return .goesOn
        }
    }

    private func serve(in node: inout NodeState) -> Progress {
        node.serve(.registry)
        node.start(WaitWatch(term: term))
        return .finished
    }
}
