import Checks
import HashRing

/// The cluster as this node sees it.
public struct ClusterView: Hashable, Sendable {
    /// Its id.
    public var id: String
    /// The registry's version.
    public var registryVersion: UInt64
    /// The version of commands that every member understands.
    public var stateVersion: Int
    /// Every member, in order of ids.
    public var members: [Member]
    /// Every shard, in order.
    public var shards: [Shard]
    /// The version of the membership that the ring was made of.
    public var ringVersion: UInt64
    /// Whether every shard is where the ring wants it.
    public var balanced: Bool
    /// Whether every shard has a leader.
    public var healthy: Bool
    /// Shards of which a voter does not answer.
    public var underReplicated: Int

    /// A member's place in the cluster, as the registry says it.
    public enum MemberState: String, Hashable, Sendable { case joining, active, draining, lost }
    /// What gossip believes of a member.
    public enum Health: String, Hashable, Sendable { case alive, suspect, dead }
    /// Whether a replica votes.
    public enum ReplicaRole: String, Hashable, Sendable { case voter, learner }

    /// One member.
    public struct Member: Hashable, Sendable {
        /// Its name, for people.
        public var name: String
        /// Its id.
        public var id: NodeID
        /// Where clients reach it.
        public var http: String
        /// Where peers reach it.
        public var peer: String
        /// Its place in the cluster.
        public var state: MemberState
        /// What gossip believes of it.
        public var health: Health
        /// Where it stands.
        public var zone: String
        /// Its share of the shards against others.
        public var weight: Int
        /// Shards of which it holds a replica.
        public var shards: Int
        /// Shards that it leads.
        public var leaders: Int
        /// How far its clock is from its peers' median.
        public var clockOffsetMilliseconds: Int
        /// Puts one together.
        public init(
            name: String, id: NodeID, http: String, peer: String, state: MemberState, health: Health, zone: String,
            weight: Int, shards: Int, leaders: Int, clockOffsetMilliseconds: Int
        ) {
            self.name = name
            self.id = id
            self.http = http
            self.peer = peer
            self.state = state
            self.health = health
            self.zone = zone
            self.weight = weight
            self.shards = shards
            self.leaders = leaders
            self.clockOffsetMilliseconds = clockOffsetMilliseconds
        }
    }

    /// One shard.
    public struct Shard: Hashable, Sendable {
        /// Its id.
        public var id: ShardID
        /// Who leads it, as far as this node knows.
        public var leader: NodeID?
        /// Its leader's term.
        public var term: UInt64
        /// Its replicas, in order of nodes.
        public var replicas: [Replica]
        /// Where the ring wants it; the preferred leader first.
        public var target: [NodeID]
        /// What is being changed now, if anything.
        public var move: Move?
        /// Puts one together.
        public init(
            id: ShardID, leader: NodeID?, term: UInt64, replicas: [Replica], target: [NodeID], move: Move? = nil
        ) {
            self.id = id
            self.leader = leader
            self.term = term
            self.replicas = replicas
            self.target = target
            self.move = move
        }
    }

    /// A change of a shard's replicas that is under way, or waits.
    public struct Move: Hashable, Sendable {
        /// What it is at.
        public enum Stage: String, Hashable, Sendable {
            /// A replica is being made.
            case adding
            /// A learner takes over what there is.
            case copying
            /// Voters change.
            case joint
            /// Leadership is to move.
            case leading
            /// A replica is being given up.
            case removing
            /// It cannot go on: a node that it needs is not alive.
            case waiting
        }
        /// Where to.
        public var to: NodeID?
        /// What it is at.
        public var stage: Stage
        /// 0 to 100 while copying.
        public var percent: Int?
        /// Puts one together.
        public init(to: NodeID?, stage: Stage, percent: Int? = nil) {
            self.to = to
            self.stage = stage
            self.percent = percent
        }
    }

    /// One replica of a shard.
    public struct Replica: Hashable, Sendable {
        /// Who holds it.
        public var node: NodeID
        /// Whether it votes.
        public var role: ReplicaRole
        /// The last entry it has applied.
        public var applied: UInt64
        /// Its contents' digest, when asked for.
        public var digest: [UInt8]?
        /// Puts one together.
        public init(node: NodeID, role: ReplicaRole, applied: UInt64, digest: [UInt8]? = nil) {
            self.node = node
            self.role = role
            self.applied = applied
            self.digest = digest
        }
    }

    /// Puts one together.
    public init(
        id: String, registryVersion: UInt64, stateVersion: Int, members: [Member], shards: [Shard], ringVersion: UInt64,
        balanced: Bool, healthy: Bool, underReplicated: Int
    ) {
        self.id = id
        self.registryVersion = registryVersion
        self.stateVersion = stateVersion
        self.members = members
        self.shards = shards
        self.ringVersion = ringVersion
        self.balanced = balanced
        self.healthy = healthy
        self.underReplicated = underReplicated
    }
}
