import Checks
import Consensus
import HashRing
import Membership

// What a change of the registry means for this node: which replicas it holds, whom it keeps links to.

extension NodeState {
    mutating func followRegistry(since before: Registry) {
        gossip.noteRegistry(version: registry.version)
        if registry.members != before.members || registry.pins != before.pins
            || registry.shardCount != before.shardCount
        {
            ring.update(
                registry, leavingOut: faults.contains(.placeByGossip) ? { [self] in health(of: $0) == .dead } : nil)
            updatePeers()
            for member in before.members where registry.member(member.node) == nil { expel(member.node) }
        }
        if registry.replicas != before.replicas {
            ring.updateCopies(registry)
            reconcileReplicas()
        }
        effects.append(.registryChanged(registry))
        serveAwaitedVersions()
        for position in groups.indices where groups[position].isInOffice {
            scheduleRebalancing(of: position, soon: true)
        }
    }

    /// Links to every other member, at the newest address that is known.
    mutating func updatePeers() {
        var addresses: [NodeID: PeerAddress] = [:]
        for member in registry.members where member.node != identity.node {
            addresses[member.node] = gossip.address(of: member.node) ?? PeerAddress(text: member.peer)
        }
        guard addresses != peers.dialed else { return }
        peers.dialed = addresses
        effects.append(.peers(addresses))
    }

    private mutating func serveAwaitedVersions() {
        guard !awaitingVersion.isEmpty else { return }
        let version = registry.version
        for awaited in awaitingVersion where awaited.version <= version {
            events.append((awaited.ticket.conversation, .registry(awaited.ticket.step, .success(awaited.outcome))))
        }
        awaitingVersion.removeAll { $0.version <= version }
    }

    /// This node's copy of the registry does not get there: the change is done, but not here.
    mutating func giveUpAwaitedVersions() {
        for awaited in awaitingVersion {
            events.append((awaited.ticket.conversation, .registry(awaited.ticket.step, .failure(.deposed))))
        }
        awaitingVersion = []
    }

    // MARK: Replicas

    /// Makes the replicas that the registry gives this node, and drops those that it took away.
    mutating func reconcileReplicas() {
        for position in groups.indices {
            let key = groups[position].key
            let wanted = registry.replica(of: key, on: identity.node)
            guard wanted != groups[position].raft?.id else { continue }
            if groups[position].raft != nil {
                // The registry of a node that was just founded comes with its first entry.
                guard !registry.replicas(of: key).isEmpty else { continue }
                drop(position)
            }
            if let wanted { create(wanted, at: position) }
        }
    }

    private mutating func create(_ replica: ReplicaID, at position: Int) {
        let key = groups[position].key
        let generation = groups[position].generation + 1
        groups[position].raft = RaftGroup(
            id: replica, settings: Settings(), restored: .joining, seed: entropySeed(replica), now: now.monotonic,
            mutations: faults.ofConsensus)
        groups[position].handedOut = .zero
        groups[position].generation = generation
        var write = GroupWrite(group: key)
        write.create = replica
        write.generation = generation
        effects.append(.persist(persists.issue(.other), write))
        if case .shard(let shard) = key {
            summaries[shard.index] = nil
            open(shard, generation: generation, at: position)
        }
        touch(position)
    }

    private mutating func drop(_ position: Int) {
        if groups[position].standing != .following { stepDown(at: position) }
        loseAwaited(at: position)
        let key = groups[position].key
        var group = HostedGroup(key)
        group.generation = groups[position].generation
        group.opening = groups[position].opening
        groups[position] = group
        var write = GroupWrite(group: key)
        write.remove = true
        effects.append(.persist(persists.issue(.removal(key)), write))
        if case .shard(let shard) = key { summaries[shard.index] = nil }
    }

    /// The log is gone for good, so the file may go: a log must never be found without the file that it goes on from. Where a
    /// new replica has begun meanwhile, the old file is closed and goes with the next start.
    mutating func finishDrop(of key: GroupKey) {
        guard case .shard(let shard) = key, let position = position(of: key), groups[position].raft == nil else {
            return
        }
        effects.append(.dropShard(shard))
    }

    mutating func open(_ shard: ShardID, generation: UInt64, at position: Int) {
        groups[position].opening += 1
        effects.append(.openShard(shard, generation: generation))
    }

    /// Where a replica's random waits come from: different for each.
    private func entropySeed(_ replica: ReplicaID) -> UInt64 {
        replica.rawValue &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: identity.node.rawValue)
    }
}

extension PeerAddress {
    /// `HOST:PORT`, `[HOST]:PORT` for IPv6; `nil` for anything else.
    init?(text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard let address = try? PeerAddress(host: host, port: port) else { return nil }
        self = address
    }
}
