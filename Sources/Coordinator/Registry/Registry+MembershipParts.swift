import Checks
import Consensus
import HashRing
import Wire

extension NodeID {
    /// `nil` unless there are 16 bytes, big endian.
    init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.init(rawValue: bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) })
    }

    init(wire bytes: [UInt8]) throws(WireError) {
        guard let node = NodeID(bytes: bytes) else { throw WireError("a node's id") }
        self = node
    }

    /// 16 bytes, big endian.
    package var bytes: [UInt8] { withUnsafeBytes(of: rawValue.bigEndian) { Array($0) } }
}

extension GroupKey {
    /// 0 is the registry, every other the shard of that number.
    init(wire number: UInt32) throws(WireError) {
        guard let key = GroupKey(number: number) else { throw WireError("a group's number") }
        self = key
    }

    init?(number: UInt32) {
        guard number != 0 else {
            self = .registry
            return
        }
        guard let shard = UInt16(exactly: number).flatMap(ShardID.init(rawValue:)) else { return nil }
        self = .shard(shard)
    }

    /// 0 for the registry.
    package var number: UInt16 {
        switch self {
        case .registry: 0
        case .shard(let shard): shard.rawValue
        }
    }
}

extension Registry.Replica {
    init(_ wire: WireRegistryReplica) throws(WireError) {
        self.init(
            group: try GroupKey(wire: wire.group), id: ReplicaID(wire.id), node: try NodeID(wire: wire.nodeBytes))
    }

    var wire: WireRegistryReplica {
        var wire = WireRegistryReplica()
        wire.group = UInt32(group.number)
        wire.id = id.rawValue
        wire.nodeBytes = node.bytes
        return wire
    }
}

extension Registry.JoinToken {
    init(_ wire: WireRegistryJoinToken) throws(WireError) {
        self.init(
            digest: wire.digestBytes, uses: Int(wire.uses), expiresAt: Timestamp(milliseconds: wire.expiresAt),
            nodes: try mapAll(wire.nodesBytes) { bytes throws(WireError) in try NodeID(wire: bytes) })
    }

    var wire: WireRegistryJoinToken {
        var wire = WireRegistryJoinToken()
        wire.digestBytes = digest
        wire.uses = UInt32(clamping: uses)
        wire.expiresAt = expiresAt.milliseconds
        wire.nodesBytes = nodes.map(\.bytes)
        return wire
    }
}

extension ClusterSecrets {
    init(_ wire: WireRegistrySecrets) {
        self.init()
        authorityCertificate = wire.authorityCertificateBytes
        authorityKey = wire.authorityKeyBytes
        placement = wire.placementBytes
        tombstone = wire.tombstoneBytes
        gossip = wire.gossip.map { GossipKey(number: $0.number, bytes: $0.keyBytes, since: $0.since) }
        sealing = wire.sealing
    }

    var wire: WireRegistrySecrets {
        var wire = WireRegistrySecrets()
        wire.authorityCertificateBytes = authorityCertificate
        wire.authorityKeyBytes = authorityKey
        wire.placementBytes = placement
        wire.tombstoneBytes = tombstone
        wire.gossip = gossip.map { key in
            var wire = WireRegistryGossipKey()
            wire.number = key.number
            wire.keyBytes = key.bytes
            wire.since = key.since
            return wire
        }
        wire.sealing = sealing
        return wire
    }
}
