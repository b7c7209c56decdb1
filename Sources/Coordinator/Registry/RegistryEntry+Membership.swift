import Checks
import Consensus
import HashRing
import Wire

// Commands about members, replicas and keys as the log holds them.

extension RegistryCommand {
    static func membership(_ wire: WireRegistryEntry.OneOf_Command) throws(WireError) -> RegistryCommand {
        switch wire {
        case .layOut(let wire): return .layOut(try Layout(wire))
        case .join(let wire): return .join(try Registry.Member(wire.member), digest: wire.digestBytes)
        case .memberState(let wire):
            guard let state = ClusterView.MemberState(rawValue: wire.state) else { throw WireError("a member's state") }
            return .setMemberState(try NodeID(wire: wire.nodeBytes), state, leaving: wire.leaving)
        case .remove(let wire): return .removeMember(try NodeID(wire: wire.nodeBytes), gossipKey: wire.gossipKeyBytes)
        case .addReplica(let wire):
            let replica = try Registry.Replica(wire)
            return .addReplica(replica.group, replica.node)
        case .removeReplica(let wire):
            return .removeReplica(try GroupKey(wire: wire.group), ReplicaID(wire.id))
        case .createJoinToken(let wire): return .createJoinToken(try Registry.JoinToken(wire))
        case .pin(let wire):
            let replica = try Registry.Replica(wire)
            guard case .shard(let shard) = replica.group else { throw WireError("a pinned shard") }
            return .pin(shard, replica.node)
        case .rotateGossipKey: return .rotateGossipKey(wire.gossipKeyBytes ?? [])
        case .promoteGossipKey(let number): return .promoteGossipKey(number)
        case .raiseStateVersion(let version): return .raiseStateVersion(version)
        default: throw WireError("a registry command")
        }
    }

    var membershipWire: WireRegistryEntry.OneOf_Command {
        switch self {
        case .layOut(let layout): return .layOut(layout.wire)
        case .join(let member, let digest):
            var wire = WireRegistryJoin()
            wire.member = member.wire
            wire.digestBytes = digest
            return .join(wire)
        case .setMemberState(let node, let state, let leaving):
            var wire = WireRegistryMemberState()
            wire.nodeBytes = node.bytes
            wire.state = state.rawValue
            wire.leaving = leaving
            return .memberState(wire)
        case .removeMember(let node, let key):
            var wire = WireRegistryRemoval()
            wire.nodeBytes = node.bytes
            wire.gossipKeyBytes = key
            return .remove(wire)
        case .addReplica(let group, let node):
            return .addReplica(Registry.Replica(group: group, id: ReplicaID(0), node: node).wire)
        case .removeReplica(let group, let id):
            return .removeReplica(Registry.Replica(group: group, id: id, node: NodeID(rawValue: 0)).wire)
        case .createJoinToken(let token): return .createJoinToken(token.wire)
        case .pin(let shard, let node):
            return .pin(Registry.Replica(group: .shard(shard), id: ReplicaID(0), node: node).wire)
        case .rotateGossipKey(let key): return .rotation(to: key)
        case .promoteGossipKey(let number): return .promoteGossipKey(number)
        case .raiseStateVersion(let version): return .raiseStateVersion(version)
        default: preconditionFailure("every other command has a form of its own")
        }
    }
}

extension Layout {
    fileprivate init(_ wire: WireRegistryLayout) throws(WireError) {
        self.init(
            shardCount: Int(wire.shardCount), replicationFactor: Int(wire.replicationFactor),
            node: try NodeID(wire: wire.nodeBytes), secrets: ClusterSecrets(wire.secrets))
    }

    fileprivate var wire: WireRegistryLayout {
        var wire = WireRegistryLayout()
        wire.shardCount = UInt32(clamping: shardCount)
        wire.replicationFactor = UInt32(clamping: replicationFactor)
        wire.nodeBytes = node.bytes
        wire.secrets = secrets.wire
        return wire
    }
}
