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

        /// Puts one together.
        public init(number: UInt32, bytes: [UInt8]) {
            self.number = number
            self.bytes = bytes
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
    /// In order of their numbers; the last one seals, all of them open.
    public var gossip: [GossipKey] = []

    /// None yet.
    public init() {}

    /// A new key to seal with; the one before still opens, so that members who learn of it a little later are heard.
    mutating func rotateGossip(_ key: [UInt8]) {
        gossip.append(GossipKey(number: (gossip.last?.number ?? 0) + 1, bytes: key))
        if gossip.count > Limits.gossipKeys { gossip.removeFirst(gossip.count - Limits.gossipKeys) }
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
