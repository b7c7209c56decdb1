import Checks
import HashRing

/// Another node's call, carried out here.
struct ServedCall: Conversation {
    let peer: NodeID
    let call: CallID
    let body: CallBody

    var delivery: DeliveryOutcome { .unknown }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin: return begin(in: &node)
        case .outcome(_, .success(let outcome)):
            note(outcome, in: &node)
            answer(.outcome(outcome), in: &node)
        case .answer(_, .success(let result)): answer(.found(result), in: &node)
        case .registry(_, .success(let outcome)):
            answer(.registry(outcome, version: node.replicated.version), in: &node)
        case .drained: answer(.drained, in: &node)
        case .outcome(_, .failure(let loss)), .answer(_, .failure(let loss)), .registry(_, .failure(let loss)):
            answer(.lost(loss), in: &node)
        default: return .goesOn
        }
        return .finished
    }

    private func begin(in node: inout NodeState) -> Progress {
        switch body {
        case .command(let shard, let command, let admits):
            guard isLedHere(node.position(of: shard), in: &node) else { return .finished }
            if admits { node.admit(command, to: shard, step: 0) } else { node.propose(command, to: shard, step: 0) }
        case .query(let shard, let query):
            guard isLedHere(node.position(of: shard), in: &node) else { return .finished }
            node.ask(query, of: shard, step: 0)
        case .registry(let entry):
            guard isLedHere(0, in: &node) else { return .finished }
            guard let entry else {
                node.refreshRegistry(step: 0)
                break
            }
            guard let command = try? RegistryEntry(encoded: entry).command else {
                answer(.lost(.fault), in: &node)
                return .finished
            }
            node.propose(command, step: 0)
        case .drain(let home): node.drainHere(toward: home)
        case .report:
            answer(.report(node.report), in: &node)
            return .finished
        }
        return .goesOn
    }

    /// Never passed on a second time: whoever asked is told where to go.
    private func isLedHere(_ position: Int?, in node: inout NodeState) -> Bool {
        guard let position, node.groups[position].isInOffice else {
            answer(.elsewhere(position.flatMap { node.routes.leader(of: $0) }), in: &node)
            return false
        }
        return true
    }

    /// What this node as the leader has to know of it.
    private func note(_ outcome: Outcome, in node: inout NodeState) {
        if case .renewed(let deadline) = outcome, case .command(_, .renew(let lease, _, _), _) = body {
            node.noteRenewal(lease, deadline: deadline)
        }
    }

    private func answer(_ answer: CallAnswer, in node: inout NodeState) {
        node.post(.answer(call, answer), to: peer)
    }
}
