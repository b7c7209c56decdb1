import Consensus
import HashRing

/// What a leader sees when it compares its group with the target: everything that the next step depends on.
struct RebalancingPlan: Sendable {
    var target: GroupTarget
    /// Which node holds which replica, by the registry.
    var holders: [(id: ReplicaID, node: NodeID)]
    var configuration: Configuration
    var followers: [FollowerStatus]
    var committed: LogIndex
    var own: NodeID
    /// Nodes that can be reached and are not about to stop, this one included.
    var reachable: Set<NodeID>
    /// Nodes that are to hold nothing: draining or leaving.
    var leaving: Set<NodeID>
    /// Nodes whose clocks were found wrong: they would hand leadership back at once.
    var skewed: Set<NodeID>
    /// Whether one more copy may be begun.
    var mayCopy: Bool
    /// Whether leadership may be handed over now.
    var mayTransfer: Bool
    /// Whether a learner must have caught up before it is given a vote: always, but for a planted fault.
    var awaitsLearners = true

    /// The next step. One at a time: what follows depends on how this one ends.
    var next: RebalancingStep {
        guard !target.voters.isEmpty else { return .rest }
        if let step = nextCopy { return step }
        if let step = nextVoters { return step }
        if let step = nextRemoval { return step }
        return nextLeader
    }

    private func replica(on node: NodeID) -> ReplicaID? { holders.first { $0.node == node }?.id }
    private func node(of replica: ReplicaID) -> NodeID? { holders.first { $0.id == replica }?.node }
    private func follower(_ id: ReplicaID) -> FollowerStatus? { followers.first { $0.id == id } }

    /// A node that should hold the group and does not: only one that answers is given a replica.
    private var nextCopy: RebalancingStep? {
        for node in target.nodes where reachable.contains(node) {
            guard let replica = replica(on: node) else {
                if mayCopy { return .register(node) }
                continue
            }
            if !configuration.contains(replica) { return .addLearner(replica) }
        }
        return nil
    }

    /// The voters as they should be, as far as nodes can be reached. Where there are too few, those that vote now go on:
    /// a failure never lowers their number.
    private var wantedVoters: [ReplicaID] {
        var wanted = target.voters.compactMap(replica(on:)).filter(configuration.contains)
        let spare = configuration.voters.filter { !wanted.contains($0) }
            .sorted { priority($0) < priority($1) }
        wanted += spare.prefix(max(0, target.voterCount - wanted.count))
        return wanted.sorted()
    }

    /// Who stays while there are too few: first those that are well, last those that are to go.
    private func priority(_ replica: ReplicaID) -> (Int, ReplicaID) {
        guard let node = node(of: replica) else { return (3, replica) }
        if leaving.contains(node) { return (2, replica) }
        return (reachable.contains(node) ? 0 : 1, replica)
    }

    private var nextVoters: RebalancingStep? {
        let wanted = wantedVoters
        let joining = wanted.filter { !configuration.voters.contains($0) }
        let going = configuration.voters.filter { !wanted.contains($0) }
        guard !joining.isEmpty || !going.isEmpty else { return nil }
        let ready = joining.filter { follower($0)?.isCaughtUp == true || !awaitsLearners }
        guard ready.count == joining.count else {
            return .wait(on: joining.first { !ready.contains($0) }.flatMap(node(of:)))
        }
        // A majority of the voters to come must answer: otherwise the change itself would stop the group.
        let well = wanted.count { id in node(of: id) == own || follower(id)?.isActive == true || !awaitsLearners }
        guard well > wanted.count / 2 else { return .wait(on: nil) }
        var steps = joining.map { ConfigurationChange.Step.promote($0) }
        for replica in going {
            let stays = node(of: replica).map { target.learners.contains($0) } ?? false
            steps.append(stays ? .demote(replica) : .remove(replica))
        }
        return .change(steps.sorted { $0.replica < $1.replica })
    }

    /// Learners that nobody wants, and replicas that the registry still lists.
    private var nextRemoval: RebalancingStep? {
        for replica in configuration.learners {
            guard let node = node(of: replica), target.nodes.contains(node) else { return .change([.remove(replica)]) }
        }
        for holder in holders where !configuration.contains(holder.id) && !target.nodes.contains(holder.node) {
            return .unregister(holder.id)
        }
        return nil
    }

    private var nextLeader: RebalancingStep {
        guard let leader = target.leader, leader != own, mayTransfer, reachable.contains(leader),
            !skewed.contains(leader), let replica = replica(on: leader), configuration.voters.contains(replica),
            let standing = follower(replica), standing.isActive,
            standing.match.rawValue + Limits.transferLag >= committed.rawValue
        else { return .rest }
        return .transfer(to: replica)
    }
}
