import Checks
import HashRing

/// Group 0's state: who is a member, which node holds which replica, which services there are, settings, operators, the
/// tokens by which clients and nodes come in, and what only members may know.
///
/// A pure value: the same entries in the same order make the same registry on every node. Small by its limits, so that
/// its image is written whole with each change.
public struct Registry: Hashable, Sendable {
    /// A node of the cluster.
    public struct Member: Hashable, Sendable {
        /// Its identity, minted with its folder.
        public var node: NodeID
        /// Its name, for people.
        public var name: String
        /// Where clients reach it.
        public var http: String
        /// Where peers reach it.
        public var peer: String
        /// Where it stands, for spreading replicas.
        public var zone: String
        /// Its share of the shards against others'.
        public var weight: Int
        /// Whether it takes shards.
        public var state: ClusterView.MemberState
        /// The registry's version when it came: the oldest members vote in group 0.
        public var joined: UInt64 = 0
        /// It is being removed: once it holds nothing it is.
        public var isLeaving = false
        /// The newest version of commands that its program applies.
        public var stateVersion: UInt32 = 1
    }

    /// Someone who may call the operators' endpoints.
    public struct Operator: Hashable, Sendable {
        /// Without `op-`.
        public var name: String
        /// SHA-256 of the secret.
        public var secret: SecretHash
    }

    /// A right to register while enrollment is by invite; only the digest of its text is kept.
    public struct Invite: Hashable, Sendable {
        /// SHA-256 of the text.
        public var digest: [UInt8]
        /// Clients that may use it.
        public var uses: Int
        /// From when on it is void.
        public var expiresAt: Timestamp
        /// Clients that have used it, in order: a use that is repeated counts once.
        public var clients: [ClientID]
    }

    /// Rises with every change; 0 before the founding.
    public internal(set) var version: UInt64 = 0
    /// The version at which services or settings last changed; what shards are configured with.
    public internal(set) var configurationVersion: UInt64 = 0
    /// The cluster's id.
    public internal(set) var cluster = ""
    /// In order of their ids.
    public internal(set) var members: [Member] = []
    /// In order of their names.
    public internal(set) var services: [Service] = []
    /// The cluster's settings.
    public internal(set) var settings = ClusterSettings()
    /// In order of their names.
    public internal(set) var operators: [Operator] = []
    /// In the order they were made.
    public internal(set) var invites: [Invite] = []
    /// Shards of the cluster; 0 before the founding.
    public internal(set) var shardCount = 0
    /// Replicas that a shard is to have.
    public internal(set) var replicationFactor = 0
    /// Which node holds which replica, in order of groups, then of ids.
    public internal(set) var replicas: [Replica] = []
    /// The id that the next replica gets.
    public internal(set) var nextReplica: UInt64 = 0
    /// Nodes that were removed and are refused for good, oldest first.
    public internal(set) var removed: [NodeID] = []
    /// In the order they were made.
    public internal(set) var joinTokens: [JoinToken] = []
    /// Where an operator wants shards led, in order of shards; gone when the node does not take shards any more.
    public internal(set) var pins: [Pin] = []
    /// What only members may know.
    public internal(set) var secrets = ClusterSecrets()
    /// The version of commands that may be proposed: every member applies it.
    public internal(set) var stateVersion: UInt32 = 1
    /// max over all stamps.
    public internal(set) var time = Timestamp(milliseconds: 0)

    /// Before the founding.
    public init() {}

    /// The service of that name. O(log n) would be vain: there are at most a hundred.
    public func service(_ name: ServiceName) -> Service? { services.first { $0.name == name } }

    /// Whether the operator is known under that secret; compares with every operator in constant time.
    public func admits(operator name: String, _ secret: SecretHash) -> Bool {
        var admitted = false
        for candidate in operators where candidate.secret.matches(secret) && candidate.name == name { admitted = true }
        return admitted
    }

    /// What every shard must know of it.
    public var domain: DomainConfiguration {
        DomainConfiguration(version: configurationVersion, services: services, settings: settings)
    }
}
