import Checks
import Consensus
import HashRing

/// An operator drains a node or removes it. Refused when a shard would be left without a majority; otherwise it is noted in
/// the registry, and the leaders do the rest.
struct MemberCall: Conversation {
    let request: RequestID
    let name: String
    let isLeaving: Bool
    private var survey = ReportSurvey()

    init(request: RequestID, name: String, isLeaving: Bool) {
        self.request = request
        self.name = name
        self.isLeaving = isLeaving
    }

    var delivery: DeliveryOutcome { survey.isFinished ? .unknown : .notApplied }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin: node.refreshRegistry(step: 0)
        case .registry(0, .success):
            guard node.registry.member(named: name) != nil else {
                node.refuse(request, .notFound("no such node"))
                return .finished
            }
            survey.begin(in: &node)
            if survey.isFinished { return propose(in: &node) }
        case .report, .silent:
            survey.take(event)
            if survey.isFinished { return propose(in: &node) }
        case .registry(1, .success(.refused(let refusal))):
            node.refuse(request, refusal.refusal)
            return .finished
        case .registry(1, .success):
            node.reply(request, .done)
            return .finished
        case .registry(_, .failure(let loss)):
            node.refuse(request, loss)
            return .finished
        default: break
        }
        return .goesOn
    }

    private func propose(in node: inout NodeState) -> Progress {
        guard let member = node.registry.member(named: name) else { return .finished }
        if let shard = shardLost(without: member.node, in: node) {
            node.refuse(
                request,
                .conflict(
                    "shard \(shard) has no majority without \(name): bring its other nodes back first"))
            return .finished
        }
        node.propose(.setMemberState(member.node, .draining, leaving: isLeaving), step: 1)
        return .goesOn
    }

    /// A shard that could not go on without the node: its data would be lost.
    private func shardLost(without gone: NodeID, in node: NodeState) -> ShardID? {
        node.shards.first { shard in
            guard let office = survey.office(of: .shard(shard)) else {
                // Nobody leads it: it has no majority now.
                return node.health(of: gone) == .dead
            }
            let voters = office.configuration.voters.compactMap { node.registry.node(of: $0, in: .shard(shard)) }
            guard voters.contains(gone), node.health(of: gone) == .dead else { return false }
            let alive = voters.count { $0 != gone && node.health(of: $0) != .dead }
            return alive <= voters.count / 2
        }
    }
}

/// An operator wants a shard led by a node, which is given a replica first if it must.
struct MoveCall: Conversation {
    let request: RequestID
    let shard: ShardID
    let name: String

    var delivery: DeliveryOutcome { .unknown }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            guard node.position(of: shard) != nil else {
                node.refuse(request, .notFound("no such shard"))
                return .finished
            }
            node.refreshRegistry(step: 0)
            return .goesOn
        case .registry(0, .success):
            guard let member = node.registry.member(named: name) else {
                node.refuse(request, .notFound("no such node"))
                return .finished
            }
            guard member.state == .active, !member.isLeaving else {
                node.refuse(request, .conflict("the node is \(member.state.rawValue): only an active one takes shards"))
                return .finished
            }
            node.propose(.pin(shard, member.node), step: 1)
            return .goesOn
        case .registry(_, .success(.refused(let refusal))): node.refuse(request, refusal.refusal)
        case .registry(_, .success): node.reply(request, .done)
        case .registry(_, .failure(let loss)): node.refuse(request, loss)
        default: return .goesOn
        }
        return .finished
    }
}
