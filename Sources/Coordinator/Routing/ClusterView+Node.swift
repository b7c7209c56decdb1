import Checks
import Consensus
import HashRing

extension NodeState {
    /// The cluster as this node sees it. Every replica that it knows of is its own: on one node that is the whole truth.
    var clusterView: ClusterView {
        let shards = shards.map { shard in
            let group = groups[shard.index + 1]
            let status = group.raft.status
            let role: ClusterView.ReplicaRole =
                status.configuration.isVoter(group.raft.id) ? .voter : .learner
            return ClusterView.Shard(
                id: shard, leader: group.standing.office == nil ? nil : identity.node, term: status.term.rawValue,
                replicas: [
                    ClusterView.Replica(node: identity.node, role: role, applied: summaries[shard.index]?.applied ?? 0)
                ], target: [identity.node])
        }
        let leaders = shards.count { $0.leader == identity.node }
        let members = registry.members.map { member in
            let isSelf = member.node == identity.node
            return ClusterView.Member(
                name: member.name, id: member.node, http: member.http, peer: member.peer, state: member.state,
                health: isSelf ? .alive : .dead, zone: member.zone, weight: member.weight,
                shards: isSelf ? shards.count : 0, leaders: isSelf ? leaders : 0, clockOffsetMilliseconds: 0)
        }
        return ClusterView(
            id: registry.cluster.isEmpty ? identity.cluster : registry.cluster, registryVersion: registry.version,
            stateVersion: 1, members: members, shards: shards, ringVersion: 1, balanced: true,
            healthy: leaders == shards.count, underReplicated: 0)
    }

    /// Why this node cannot serve, one sentence each; empty when it can.
    var obstacles: [String] {
        var reasons: [String] = []
        if registry.version == 0 { reasons.append("there is no registry yet") }
        let missing = shards.filter { !serves($0) }
        if !missing.isEmpty {
            reasons.append("no leader reached for shards " + missing.map(\.description).joined(separator: ", "))
        }
        if isDraining { reasons.append("the node is shutting down") }
        return reasons
    }
}
