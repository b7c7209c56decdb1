import Checks
import Consensus
import HashRing

/// The two clocks, read once for each input by the runtime.
public struct Moment: Hashable, Sendable {
    /// Since an arbitrary origin; never jumps. Timeouts and "how long have I been leader" go by it.
    public var monotonic: Duration
    /// What the node believes the time is; stamps go by it.
    public var wall: Timestamp

    /// Puts one together.
    public init(monotonic: Duration, wall: Timestamp) {
        self.monotonic = monotonic
        self.wall = wall
    }
}

/// Names a request under way on this node. Made by the runtime, never reused in a process's life.
public struct RequestID: Hashable, Comparable, Sendable {
    /// The number itself.
    public let rawValue: UInt64
    /// Puts one together.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    /// Earlier ones first.
    public static func < (lhs: RequestID, rhs: RequestID) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// Names a query under way. Made by the coordinator.
public struct QueryID: Hashable, Comparable, Sendable {
    /// The number itself.
    public let rawValue: UInt64
    /// Puts one together.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    /// Earlier ones first.
    public static func < (lhs: QueryID, rhs: QueryID) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// A group of consensus: 0 is the registry, every other the shard of that number.
public enum GroupKey: Hashable, Comparable, Sendable {
    case registry
    case shard(ShardID)
}

/// Names a persist effect. Numbers rise; they become durable in order.
public struct PersistTicket: Hashable, Comparable, Sendable {
    /// The number itself.
    public let rawValue: UInt64
    /// Puts one together.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    /// Earlier ones first.
    public static func < (lhs: PersistTicket, rhs: PersistTicket) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// Everything that happens to a node.
public enum Input: Sendable {
    /// Time passed; due by ``Coordinator/nextDeadline`` at the latest.
    case tick
    case request(RequestID, Request)
    /// Nobody waits for the answer any more: a long poll is dropped, a mutation goes on.
    case abandoned(RequestID)
    /// Everything up to and including this ticket is on disk.
    case persisted(PersistTicket)
    case applied(ShardID, AppliedBatch)
    /// What a query found; `nil` on a fault of the store.
    case answered(QueryID, QueryResult?)
    /// A checkpoint of the shard's file has made everything up to here durable in it: the log may be compacted below.
    case checkpointed(ShardID, durable: LogIndex)
    /// SIGTERM: refuse what is new, answer what is under way.
    case drain
}

/// Everything a node is to do. Effects are carried out in order; the coordinator waits for none of them.
public enum Effect: Sendable {
    /// One part of the next `node.db` transaction.
    case persist(PersistTicket, GroupWrite)
    /// Committed entries, to be applied in order. Registry entries never come here: the coordinator applies them itself.
    case apply(ShardID, [CommittedEntry])
    /// To be asked of the shard after everything that was handed to `apply` before it.
    case query(QueryID, ShardID, Query)
    case reply(RequestID, Result<Response, Refusal>)
    /// The group's log below and including this index is no longer needed.
    case compact(GroupKey, through: LogIndex)
    /// The registry changed; the runtime reads limits and settings from it (rate limits, enrollment).
    case settingsChanged(ClusterSettings)
    /// Something an operator should see, for log and metrics.
    case alarm(Alarm)
    /// ``Input/drain`` is finished: nothing is under way.
    case drained
}

/// What one group wants on disk, as one piece.
public struct GroupWrite: Sendable {
    /// Whose it is.
    public var group: GroupKey
    /// The new term, vote and commit index, if they changed.
    public var hardState: HardState?
    /// Entries at and after it are replaced.
    public var truncateFrom: LogIndex?
    /// Entries to append, without gaps.
    public var entries: [Entry]
    /// The registry's state after applying up to an index; only group 0 sets it.
    public var registry: RegistryImage?

    /// Puts one together.
    public init(
        group: GroupKey, hardState: HardState?, truncateFrom: LogIndex?, entries: [Entry],
        registry: RegistryImage? = nil
    ) {
        self.group = group
        self.hardState = hardState
        self.truncateFrom = truncateFrom
        self.entries = entries
        self.registry = registry
    }
}

/// The registry's state, encoded, with the index up to which it is applied.
public struct RegistryImage: Sendable {
    /// The last entry that it holds.
    public var applied: LogIndex
    /// The encoded registry.
    public var bytes: [UInt8]
    /// Puts one together.
    public init(applied: LogIndex, bytes: [UInt8]) {
        self.applied = applied
        self.bytes = bytes
    }
}

/// One committed entry as the applier takes it. `command` is `nil` for empty entries and configurations.
public struct CommittedEntry: Sendable {
    /// Where it stands.
    public var index: LogIndex
    /// The term it was proposed in.
    public var term: Term
    /// What the shard is to do.
    public var command: [UInt8]?
    /// Puts one together.
    public init(index: LogIndex, term: Term, command: [UInt8]?) {
        self.index = index
        self.term = term
        self.command = command
    }
}

/// Something an operator should see.
public enum Alarm: Hashable, Sendable {
    /// A task has waited longer than its service's `maxWaitSeconds` (N8).
    case waitExceeded(ServiceName, oldest: Timestamp)
    /// A shard refuses proposals because too many are under way.
    case overloaded(ShardID)
    /// A query or an apply failed for a reason of the store.
    case storeFault(ShardID)
}

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
        /// Puts one together.
        public init(key: GroupKey, replica: ReplicaID, restored: Restored) {
            self.key = key
            self.replica = replica
            self.restored = restored
        }
    }

    /// Who this node is.
    public var identity: NodeIdentity
    /// Group 0 and one a shard, sorted.
    public var groups: [Group]
    /// `nil`: a node that was just founded; the coordinator proposes the first registry.
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
    /// What the founding writes into the first registry: operators by name with the hash of their secret.
    public var foundingOperators: [(name: String, secret: SecretHash)]

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
        self.foundingOperators = foundingOperators
    }
}

/// What is placed on shards.
public enum PlacementKey: Hashable, Sendable {
    case user(ScreenName)
    /// Hashed as `c:` and the id.
    case client(ClientID)
}
