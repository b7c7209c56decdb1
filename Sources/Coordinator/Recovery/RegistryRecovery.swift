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
            } else if let known = node.registry.members.first(where: { $0.node == own.node }), !own.isAt(known) {
                node.propose(.putMember(own.moved(from: known)), step: 0)
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

extension Registry.Member {
    /// Whether the other says the same of where the node is.
    fileprivate func isAt(_ other: Registry.Member) -> Bool { moved(from: other) == other }

    /// These addresses with the other's standing in the cluster.
    fileprivate func moved(from other: Registry.Member) -> Registry.Member {
        var member = self
        member.state = other.state
        return member
    }
}
