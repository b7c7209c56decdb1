import Checks
import Consensus
import HashRing

extension ClusterView {
    /// Puts the members' reports together; of the shards in `digested` with their contents' digests.
    init(_ survey: ReportSurvey, in node: NodeState, digested: Set<ShardID>) {
        let registry = node.registry
        let shards = node.shards.map { Shard($0, survey, in: node, withDigest: digested.contains($0)) }
        let members = registry.members.map { member in
            Member(
                name: member.name, id: member.node, http: member.http, peer: member.peer, state: member.state,
                health: node.health(of: member.node), zone: member.zone, weight: member.weight,
                shards: shards.count { $0.replicas.contains { $0.node == member.node } },
                leaders: shards.count { $0.leader == member.node },
                clockOffsetMilliseconds: survey.reports[member.node]?.clockOffsetMilliseconds ?? 0)
        }
        let registryMoves = survey.office(of: .registry).map {
            Self.isAtTarget($0.configuration, .registry, leader: nil, in: node)
        }
        self.init(
            id: registry.cluster.isEmpty ? node.identity.cluster : registry.cluster, registryVersion: registry.version,
            stateVersion: Int(registry.stateVersion), members: members, shards: shards, ringVersion: node.ring.version,
            balanced: shards.allSatisfy { $0.move == nil && $0.leader != nil } && registryMoves ?? false
                && !registry.members.contains { $0.state == .joining || $0.isLeaving },
            healthy: shards.allSatisfy { $0.leader != nil } && survey.office(of: .registry) != nil,
            underReplicated: shards.count { Self.isUnderReplicated($0, in: node) })
    }

    /// Whether a voter of the shard does not answer, or there are fewer than there should be.
    private static func isUnderReplicated(_ shard: Shard, in node: NodeState) -> Bool {
        let alive = shard.replicas.count { $0.role == .voter && node.health(of: $0.node) != .dead }
        return alive < max(node.ring.voterCount, shard.replicas.count { $0.role == .voter })
    }

    /// Whether a group is where it should be, and led from where it should be or can be: not by a node whose clock is wrong.
    static func isAtTarget(
        _ configuration: Configuration, _ key: GroupKey, leader: NodeID?, in node: NodeState
    ) -> Bool {
        let target = node.ring.target(of: key)
        func nodes(_ replicas: [ReplicaID]) -> Set<NodeID> {
            Set(replicas.compactMap { node.registry.node(of: $0, in: key) })
        }
        return !configuration.isJoint && nodes(configuration.voters) == Set(target.voters)
            && nodes(configuration.learners) == Set(target.learners)
            && Set(node.registry.replicas(of: key).map(\.node)) == Set(target.nodes)
            && (leader == nil || target.leader.map { $0 == leader || node.isClockSkewed(at: $0) } ?? true)
    }
}

extension ClusterView.Shard {
    fileprivate init(_ shard: ShardID, _ survey: ReportSurvey, in node: NodeState, withDigest: Bool) {
        let key = GroupKey.shard(shard)
        let leader = survey.leader(of: key)
        let configuration = leader?.office.configuration
        let holders = node.registry.replicas(of: key)
        // Contents can be compared at one index only: who took its digest at another shows none.
        let index = withDigest ? holders.compactMap { survey.replica(of: key, on: $0.node)?.digest?.index }.max() : nil
        let replicas = holders.compactMap { holder -> ClusterView.Replica? in
            // Without a leader nobody knows who votes; what the registry lists is shown.
            guard configuration?.contains(holder.id) ?? true else { return nil }
            let found = survey.replica(of: key, on: holder.node)
            let digest = found?.digest.flatMap { $0.index == index ? $0.bytes : nil }
            return ClusterView.Replica(
                node: holder.node, role: configuration?.isVoter(holder.id) ?? true ? .voter : .learner,
                applied: found?.applied ?? 0, digest: digest)
        }
        self.init(
            id: shard, leader: leader?.node, term: leader?.term ?? 0,
            replicas: replicas.sorted { $0.node < $1.node }, target: node.ring.target(of: key).nodes,
            move: leader.flatMap { ClusterView.Move(shard, $0.node, $0.office, in: node) })
    }
}

extension ClusterView.Move {
    /// What a shard is at, by its leader's configuration; `nil` when it is where it should be.
    fileprivate init?(_ shard: ShardID, _ leader: NodeID, _ office: NodeReport.Office, in node: NodeState) {
        let key = GroupKey.shard(shard)
        let configuration = office.configuration
        guard !ClusterView.isAtTarget(configuration, key, leader: leader, in: node) else { return nil }
        let target = node.ring.target(of: key)
        func replica(_ node: NodeID, _ state: NodeState) -> ReplicaID? { state.registry.replica(of: key, on: node) }
        if configuration.isJoint {
            self.init(to: nil, stage: .joint)
            return
        }
        for wanted in target.voters + target.learners {
            guard let id = replica(wanted, node), configuration.contains(id) else {
                let isReached = wanted == node.identity.node || node.peers.isConnected(wanted)
                self.init(to: wanted, stage: isReached ? .adding : .waiting)
                return
            }
            guard target.voters.contains(wanted), !configuration.voters.contains(id) else { continue }
            let match = office.catchingUp.first { $0.replica == id }?.match
            let isReached = wanted == node.identity.node || node.peers.isConnected(wanted)
            self.init(
                to: wanted, stage: isReached ? .copying : .waiting,
                percent: match.map { office.lastIndex == 0 ? 100 : Int($0 * 100 / office.lastIndex) })
            return
        }
        if let wanted = target.leader, wanted != leader,
            Set(configuration.voters) == Set(target.voters.compactMap { replica($0, node) })
        {
            let isReached = wanted == node.identity.node || node.peers.isConnected(wanted)
            self.init(to: wanted, stage: isReached ? .leading : .waiting)
        } else {
            self.init(to: nil, stage: .removing)
        }
    }
}

extension NodeState {
    /// Why this node cannot serve, one sentence each; empty when it can.
    var obstacles: [String] {
        var reasons: [String] = []
        if registry.version == 0 { reasons.append("there is no registry yet") }
        if !reaches(0) { reasons.append("no leader reached for the registry") }
        let missing = shards.filter { !serves($0) }
        if !missing.isEmpty {
            reasons.append("no leader reached for shards " + missing.map(\.description).joined(separator: ", "))
        }
        if ending != .none { reasons.append("the node is shutting down") }
        return reasons
    }
}
