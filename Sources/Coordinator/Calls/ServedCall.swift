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
            if loss == .noLeader { elsewhere(in: &node) } else { answer(.lost(loss), in: &node) }
        default: return .goesOn
        }
        return .finished
    }

    private func begin(in node: inout NodeState) -> Progress {
        let ticket = Ticket(conversation: node.current, step: 0, isPassedOn: true)
        switch body {
        case .command(let shard, let command, let admits):
            guard isLedHere(in: &node) else { return .finished }
            if admits {
                node.admit(command, to: shard, ticket: ticket)
            } else {
                node.propose(command, to: shard, ticket: ticket)
            }
        case .query(let shard, let query):
            guard isLedHere(in: &node) else { return .finished }
            node.ask(query, of: shard, ticket: ticket)
        case .registry(let entry):
            guard isLedHere(in: &node) else { return .finished }
            guard let entry else {
                node.refreshRegistry(ticket: ticket)
                break
            }
            guard let command = try? RegistryEntry(encoded: entry).command else {
                answer(.lost(.fault), in: &node)
                return .finished
            }
            node.propose(command, ticket: ticket)
        case .drain(let home): node.drainHere(toward: home)
        case .report:
            answer(.report(node.report), in: &node)
            return .finished
        }
        return .goesOn
    }

    /// Who is elected and about to take office lets the call wait for that.
    private func isLedHere(in node: inout NodeState) -> Bool {
        guard let position = position(in: node), node.groups[position].isInOffice || node.groups[position].leads else {
            elsewhere(in: &node)
            return false
        }
        return true
    }

    /// Never passed on a second time: whoever asked is told where to go.
    private func elsewhere(in node: inout NodeState) {
        let leader = position(in: node).flatMap { node.routes.leader(of: $0) }
        answer(.elsewhere(leader == node.identity.node ? nil : leader), in: &node)
    }

    private func position(in node: NodeState) -> Int? {
        switch body {
        case .command(let shard, _, _), .query(let shard, _): node.position(of: shard)
        case .registry: 0
        case .drain, .report: nil
        }
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
