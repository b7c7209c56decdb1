import Checks
import Consensus
import HashRing

// The leader of a group compares where its replicas are with where the ring wants them, and makes one change at a time.

extension NodeState {
    mutating func scheduleRebalancing(of position: Int, soon: Bool = false) {
        let due = now.monotonic + (soon ? Limits.rebalancingStep : Limits.rebalancingInterval)
        if let timer = rebalancing[position].timer, timer <= due { return }
        rebalancing[position].timer = due
        timers.add(.rebalancing(groups[position].key), due: due)
    }

    mutating func rebalance(_ key: GroupKey) {
        guard let position = position(of: key), let timer = rebalancing[position].timer, timer <= now.monotonic else {
            return
        }
        rebalancing[position].timer = nil
        guard case .serving = groups[position].standing, ending == .none else { return }
        let step = nextStep(at: position)
        take(step, at: position)
        scheduleRebalancing(of: position, soon: step != .rest)
    }

    /// What comes next for a group that is led here.
    func nextStep(at position: Int) -> RebalancingStep {
        guard let status = groups[position].raft?.status, status.isEstablished, registry.shardCount > 0 else {
            return .wait(on: nil)
        }
        guard !status.isChanging, status.transferee == nil, !rebalancing[position].isAsking else {
            return .wait(on: nil)
        }
        return plan(for: position, status).next
    }

    private func plan(for position: Int, _ status: Status) -> RebalancingPlan {
        let key = groups[position].key
        let target = ring.target(of: key)
        var reachable = Set(peers.nodes.filter { !gossip.hasLeft($0) })
        reachable.insert(identity.node)
        let lastTransfer = rebalancing[position].lastTransfer
        let tookOffice = groups[position].standing.office?.since
        var plan = RebalancingPlan(
            target: target, holders: registry.replicas(of: key).map { ($0.id, $0.node) },
            configuration: status.configuration, followers: status.followers, committed: status.commit,
            own: identity.node,
            reachable: reachable,
            leaving: Set(registry.members.filter { $0.isLeaving || $0.state == .draining }.map(\.node)),
            skewed: reachable.filter(clocks.isSkewed),
            mayCopy: key == .registry || copiesUnderWay < Limits.copiesAtOnce,
            mayTransfer: !isClockSkewed
                && lastTransfer.map { now.monotonic - $0 >= Limits.transferRest } ?? true
                && tookOffice.map { now.monotonic - $0 >= Limits.officeRest } ?? true)
        plan.awaitsLearners = !faults.contains(.promoteEarly)
        return plan
    }

    /// Shards led here that have a learner on its way to a vote.
    private var copiesUnderWay: Int {
        groups.indices.dropFirst().count { position in
            guard groups[position].isInOffice, let raft = groups[position].raft else { return false }
            let status = raft.status
            let voters = ring.target(of: groups[position].key).voters
            return status.followers.contains { follower in
                guard follower.isLearner, !follower.isCaughtUp,
                    let node = registry.node(of: follower.id, in: groups[position].key)
                else { return false }
                return voters.contains(node) && peers.isConnected(node)
            }
        }
    }

    private mutating func take(_ step: RebalancingStep, at position: Int) {
        let key = groups[position].key
        switch step {
        case .register(let node): ask(.addReplica(key, node), at: position)
        case .unregister(let replica): ask(.removeReplica(key, replica), at: position)
        case .addLearner(let replica): change(ConfigurationChange(.addLearner(replica)), at: position)
        case .change(let steps): change(ConfigurationChange(steps), at: position)
        case .transfer(let replica):
            rebalancing[position].lastTransfer = now.monotonic
            try? groups[position].raft?.transferLeadership(to: replica, now: now.monotonic)
            touch(position)
        case .wait, .rest: break
        }
    }

    /// What consensus refuses now is tried again with the next turn.
    private mutating func change(_ change: ConfigurationChange, at position: Int) {
        try? groups[position].raft?.changeConfiguration(change, now: now.monotonic)
        touch(position)
    }

    private mutating func ask(_ command: RegistryCommand, at position: Int) {
        rebalancing[position].isAsking = true
        start(ReplicaRegistration(position: position, command: command))
    }
}

/// One change of the registry's list of replicas on a group's behalf.
struct ReplicaRegistration: Conversation {
    let position: Int
    let command: RegistryCommand

    var delivery: DeliveryOutcome { .unknown }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            node.propose(command, step: 0)
            return .goesOn
        case .registry:
            node.rebalancing[position].isAsking = false
            node.scheduleRebalancing(of: position, soon: true)
            return .finished
        default: return .goesOn
        }
    }
}
