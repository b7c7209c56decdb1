import Consensus
import HashRing

/// What only members may know: it lives in the registry and reaches a node over the authenticated join link only.
///
/// The keys for placement and tombstones are made once, at founding, and never rotate; the one for gossip does.
public struct ClusterSecrets: Hashable, Sendable {
    /// One key that gossip is sealed with.
    public struct GossipKey: Hashable, Sendable {
        /// Rises with every rotation.
        public var number: UInt32
        /// 32 bytes.
        public var bytes: [UInt8]
        /// The registry's version when it came: who holds that version has the key.
        public var since: UInt64

        /// Puts one together.
        public init(number: UInt32, bytes: [UInt8], since: UInt64 = 0) {
            self.number = number
            self.bytes = bytes
            self.since = since
        }
    }

    /// The authority's certificate, DER.
    public var authorityCertificate: [UInt8] = []
    /// Its private key, DER.
    public var authorityKey: [UInt8] = []
    /// Places keys on shards.
    public var placement: [UInt8] = []
    /// Hashes the names of deleted users.
    public var tombstone: [UInt8] = []
    /// In order of their numbers; all of them open.
    public var gossip: [GossipKey] = []
    /// The number of the one that seals; 0: the last.
    var sealing: UInt32 = 0

    /// None yet.
    public init() {}

    /// The key that gossip is sealed with.
    public var sealingKey: GossipKey? { gossip.first { $0.number == sealing } ?? gossip.last }

    /// A key that opens and does not seal yet.
    var pendingKey: GossipKey? {
        guard let last = gossip.last, last.number != sealingKey?.number else { return nil }
        return last
    }

    /// A new key, which opens from now on. It seals only when it is promoted: who had it at once and sealed with it would not
    /// be heard by those who get it a moment later. One that was to be promoted and has not been gives way to it.
    mutating func installGossip(_ key: [UInt8], at version: UInt64) {
        let number = (gossip.last?.number ?? 0) + 1
        if let pending = pendingKey { gossip.removeAll { $0.number == pending.number } }
        sealing = sealingKey?.number ?? number
        gossip.append(GossipKey(number: number, bytes: key, since: version))
        if gossip.count > Limits.gossipKeys { gossip.removeFirst(gossip.count - Limits.gossipKeys) }
    }

    /// The key seals from now on; the one before still opens. Returns whether that changes anything.
    mutating func promoteGossip(_ number: UInt32) -> Bool {
        guard pendingKey?.number == number else { return false }
        gossip.removeAll { $0.number < sealing }
        sealing = number
        return true
    }
}

/// How a cluster begins: how many shards there are, who holds them all, and the secrets.
public struct Layout: Hashable, Sendable {
    /// The only replica of every group at the founding.
    public static let firstReplica = ReplicaID(1)

    /// Shards of the cluster.
    public var shardCount: Int
    /// Replicas that a shard is to have.
    public var replicationFactor: Int
    /// The founding node.
    public var node: NodeID
    /// What only members may know.
    public var secrets: ClusterSecrets
}
