import Checks
import Consensus
import HashRing

/// What a node finds on its disk when it starts.
public struct RestoredNode: Sendable {
    /// One group's log and the index up to which its state is applied.
    public struct Group: Sendable {
        /// Which group.
        public var key: GroupKey
        /// This node's replica of it.
        public var replica: ReplicaID
        /// Its log and state.
        public var restored: Restored
        /// The generation of the shard's file; 0 for the registry.
        public var generation: UInt64
        /// Puts one together.
        public init(key: GroupKey, replica: ReplicaID, restored: Restored, generation: UInt64 = 1) {
            self.key = key
            self.replica = replica
            self.restored = restored
            self.generation = generation
        }
    }

    /// Who this node is.
    public var identity: NodeIdentity
    /// Group 0 and those of the shards that this node holds, sorted.
    public var groups: [Group]
    /// `nil`: a node that was just founded; the coordinator proposes the first registry. A node that has just joined
    /// has the image it was given, applied through zero.
    public var registry: RegistryImage?
    /// Each shard's summary as its file was opened.
    public var summaries: [ShardID: ShardSummary]

    /// Puts one together.
    public init(
        identity: NodeIdentity, groups: [Group], registry: RegistryImage?, summaries: [ShardID: ShardSummary]
    ) {
        self.identity = identity
        self.groups = groups
        self.registry = registry
        self.summaries = summaries
    }
}

/// Who this node is, and the cluster's constants.
public struct NodeIdentity: Sendable {
    /// Minted with the folder.
    public var node: NodeID
    /// The cluster's id.
    public var cluster: String
    /// For people.
    public var name: String
    /// Where clients reach it.
    public var http: String
    /// Where peers reach it.
    public var peer: String
    /// Where it stands, for spreading replicas.
    public var zone: String
    /// Its share of the shards against others.
    public var weight: Int
    /// Shards of the cluster, chosen at founding.
    public var shardCount: Int
    /// Replicas that a shard is to have.
    public var replicationFactor: Int
    /// Places keys on shards (HMAC-SHA-256): given as a function, since this layer does no cryptography.
    public var placement: @Sendable (PlacementKey) -> ShardID
    /// SHA-256 of an invite's text, likewise.
    public var inviteDigest: @Sendable (String) -> [UInt8]
    /// SHA-256 of bytes, likewise.
    public var digest: @Sendable ([UInt8]) -> [UInt8]
    /// What the founding writes into the first registry: operators by name with the hash of their secret.
    public var foundingOperators: [(name: String, secret: SecretHash)]
    /// What the founding writes into the first registry for members only.
    public var secrets = ClusterSecrets()
    /// The newest version of commands that its program applies.
    public var stateVersion = StateVersion.newest
    /// How often it was started: what it says of itself now counts more than whatever it said before.
    public var starts: UInt64 = 0

    /// Puts one together.
    public init(
        node: NodeID, cluster: String, name: String, http: String, peer: String, zone: String, weight: Int,
        shardCount: Int,
        replicationFactor: Int, placement: @escaping @Sendable (PlacementKey) -> ShardID,
        inviteDigest: @escaping @Sendable (String) -> [UInt8], foundingOperators: [(name: String, secret: SecretHash)]
    ) {
        self.node = node
        self.cluster = cluster
        self.name = name
        self.http = http
        self.peer = peer
        self.zone = zone
        self.weight = weight
        self.shardCount = shardCount
        self.replicationFactor = replicationFactor
        self.placement = placement
        self.inviteDigest = inviteDigest
        digest = { bytes in inviteDigest(bytes.map { String($0, radix: 16) }.joined(separator: ":")) }
        self.foundingOperators = foundingOperators
    }
}

/// What is placed on shards.
public enum PlacementKey: Hashable, Sendable {
    case user(ScreenName)
    /// Hashed as `c:` and the id.
    case client(ClientID)
}
