import Checks
import Consensus
import HashRing
import Wire

extension Registry {
    /// The version of the image's layout.
    private static let format: UInt32 = 1

    /// Reads an image, a node's own or the one that a newcomer was given.
    package init(image bytes: [UInt8]) throws(WireError) {
        try self.init(WireRegistryState(bytes: bytes))
    }

    /// The image: what a node keeps, and what a new member is sent.
    func image() throws(WireError) -> [UInt8] { try wire.bytes() }

    init(_ wire: WireRegistryState) throws(WireError) {
        guard wire.format == Self.format else { throw WireError("a registry of format \(wire.format)") }
        version = wire.version
        configurationVersion = wire.configurationVersion
        cluster = wire.cluster
        members = try mapAll(wire.members) { wire throws(WireError) in try Member(wire) }
        services = try mapAll(wire.services) { wire throws(WireError) in try Service(wire) }
        settings = try ClusterSettings(wire.settings)
        operators = try mapAll(wire.operators) { wire throws(WireError) in
            guard let secret = SecretHash(wire.secretBytes) else { throw WireError("an operator's secret") }
            return Operator(name: wire.name, secret: secret)
        }
        invites = wire.invites.map(Invite.init)
        time = Timestamp(milliseconds: wire.time)
        // Before its layout was committed it has none.
        guard let shards = UInt16(exactly: wire.shardCount), shards == 0 || ShardID.valid.contains(shards) else {
            throw WireError("a number of shards")
        }
        shardCount = Int(shards)
        replicationFactor = Int(wire.replicationFactor)
        replicas = try mapAll(wire.replicas) { wire throws(WireError) in try Replica(wire) }
        nextReplica = wire.nextReplica
        removed = try mapAll(wire.removedBytes) { bytes throws(WireError) in try NodeID(wire: bytes) }
        joinTokens = try mapAll(wire.joinTokens) { wire throws(WireError) in try JoinToken(wire) }
        secrets = ClusterSecrets(wire.secrets)
        stateVersion = max(wire.stateVersion, 1)
        pins = try mapAll(wire.pins) { wire throws(WireError) in
            let replica = try Replica(wire)
            guard case .shard(let shard) = replica.group else { throw WireError("a pinned shard") }
            return Pin(shard: shard, node: replica.node)
        }
    }

    var wire: WireRegistryState {
        var wire = WireRegistryState()
        wire.format = Self.format
        wire.version = version
        wire.configurationVersion = configurationVersion
        wire.cluster = cluster
        wire.members = members.map(\.wire)
        wire.services = services.map(\.wire)
        wire.settings = settings.wire
        wire.operators = operators.map { candidate in
            var wire = WireRegistryOperator()
            wire.name = candidate.name
            wire.secretBytes = candidate.secret.bytes
            return wire
        }
        wire.invites = invites.map(\.wire)
        wire.time = time.milliseconds
        wire.shardCount = UInt32(clamping: shardCount)
        wire.replicationFactor = UInt32(clamping: replicationFactor)
        wire.replicas = replicas.map(\.wire)
        wire.nextReplica = nextReplica
        wire.removedBytes = removed.map(\.bytes)
        wire.joinTokens = joinTokens.map(\.wire)
        wire.secrets = secrets.wire
        wire.stateVersion = stateVersion
        wire.pins = pins.map { Replica(group: .shard($0.shard), id: ReplicaID(0), node: $0.node).wire }
        return wire
    }
}

/// `map` for closed sets of errors.
func mapAll<Element, Mapped>(
    _ elements: [Element], _ transform: (Element) throws(WireError) -> Mapped
) throws(WireError) -> [Mapped] {
    var mapped: [Mapped] = []
    mapped.reserveCapacity(elements.count)
    for element in elements { mapped.append(try transform(element)) }
    return mapped
}
