import Checks
import Consensus
import HashRing
import Membership

/// What nodes say to each other over their links. A message may be lost with its link, never repeated or overtaken on it.
public enum PeerMessage: Sendable {
    /// Consensus, of several groups at once: what one turn has for one peer leaves as one message.
    case raft([GroupMessage])
    /// The registry whole, for a replica that lacks what was compacted.
    case registrySnapshot(Consensus.Message, image: [UInt8])
    /// Asks for something at the group's leader, on behalf of a conversation here.
    case call(CallID, CallBody)
    /// What that came to.
    case answer(CallID, CallAnswer)
    /// What the sender leads, and what can be had there.
    case leading(Announcement)
    /// A part of a comparison of views.
    case pushPull(PushPull)
    /// The registry that the sender goes by: first on every link. A node that was away may know none of those who are here now,
    /// and can answer nobody whom it does not know.
    case registry(image: [UInt8])
}

/// A message of one group.
public struct GroupMessage: Sendable {
    /// Which group.
    public var group: GroupKey
    /// What is said.
    public var message: Consensus.Message
    /// Puts one together.
    public init(group: GroupKey, message: Consensus.Message) {
        self.group = group
        self.message = message
    }
}

/// Names a call of one node to others. Made by the caller, never reused in a process's life.
public struct CallID: Hashable, Comparable, Sendable {
    /// The number itself.
    public let rawValue: UInt64
    /// Puts one together.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    /// Earlier ones first.
    public static func < (lhs: CallID, rhs: CallID) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// What one node asks of another.
public enum CallBody: Sendable {
    /// Have it committed and applied; `admits`: refuse it while the shard has more to do than it should.
    case command(ShardID, Command, admits: Bool)
    /// Answer it, linearizably.
    case query(ShardID, Query)
    /// Have this entry committed and applied by the registry; `nil`: only say which version it is at, linearizably.
    case registry(entry: [UInt8]?)
    /// Deliver everything that the shards led there have emitted for a home.
    case drain(toward: ShardID)
    /// Say what is held and led there.
    case report
}

/// What a call came to.
public enum CallAnswer: Sendable {
    case outcome(Outcome)
    case found(QueryResult)
    /// What the registry made of it, and a version that holds it: the caller waits until its own copy is there.
    case registry(RegistryOutcome, version: UInt64)
    case drained
    case report(NodeReport)
    /// Not carried out, or not as far as is known.
    case lost(Loss)
    /// Another leads the group, maybe that one.
    case elsewhere(NodeID?)
}

/// What a node leads, told to its peers once a second and when it changes.
public struct Announcement: Sendable {
    /// One group.
    public struct Lead: Sendable {
        /// Which.
        public var group: GroupKey
        /// The term of the office.
        public var term: UInt64
        /// What the shard can grant.
        public var ready: [ShardSummary.Readiness]
        /// Whether a durable job waits there.
        public var jobs: Bool
        /// What a quorum last confirmed of it; `nil` if none has yet.
        public var confirmed: Confirmation?
        /// Puts one together.
        public init(
            group: GroupKey, term: UInt64, ready: [ShardSummary.Readiness], jobs: Bool, confirmed: Confirmation?
        ) {
            self.group = group
            self.term = term
            self.ready = ready
            self.jobs = jobs
            self.confirmed = confirmed
        }
    }

    /// At that time nothing of a group was committed beyond that entry.
    public struct Confirmation: Hashable, Sendable {
        /// The entry.
        public var index: UInt64
        /// The time, by the leader's clock.
        public var at: Timestamp
        /// Puts one together.
        public init(index: UInt64, at: Timestamp) {
            self.index = index
            self.at = at
        }
    }

    /// The sender's wall clock.
    public var wall: Timestamp
    /// Groups of which something is new, or all of them.
    public var leads: [Lead]
    /// Puts one together.
    public init(wall: Timestamp, leads: [Lead]) {
        self.wall = wall
        self.leads = leads
    }
}

/// What a node holds and leads, for the view of the whole cluster.
public struct NodeReport: Sendable {
    /// One replica.
    public struct Replica: Sendable {
        /// Of which group.
        public var group: GroupKey
        /// Its id.
        public var id: ReplicaID
        /// Its term.
        public var term: UInt64
        /// The last entry it has applied.
        public var applied: UInt64
        /// The digest of its contents and the entry after which it was taken, if one was.
        public var digest: Digest?
        /// What only a leader in office says.
        public var office: Office?
        /// Puts one together.
        public init(
            group: GroupKey, id: ReplicaID, term: UInt64, applied: UInt64, digest: Digest?, office: Office?
        ) {
            self.group = group
            self.id = id
            self.term = term
            self.applied = applied
            self.digest = digest
            self.office = office
        }
    }

    /// A digest of a shard's contents.
    public struct Digest: Hashable, Sendable {
        /// The log command that took it.
        public var index: UInt64
        /// The digest.
        public var bytes: [UInt8]
        /// Puts one together.
        public init(index: UInt64, bytes: [UInt8]) {
            self.index = index
            self.bytes = bytes
        }
    }

    /// A leader's view of its group.
    public struct Office: Sendable {
        /// The configuration that counts.
        public var configuration: Configuration
        /// Learners on their way to become voters, with how far they are.
        public var catchingUp: [(replica: ReplicaID, match: UInt64)]
        /// The end of the log.
        public var lastIndex: UInt64
        /// Puts one together.
        public init(
            configuration: Configuration, catchingUp: [(replica: ReplicaID, match: UInt64)], lastIndex: UInt64
        ) {
            self.configuration = configuration
            self.catchingUp = catchingUp
            self.lastIndex = lastIndex
        }
    }

    /// In order of groups.
    public var replicas: [Replica]
    /// How far its clock is from its peers' median.
    public var clockOffsetMilliseconds: Int
    /// Puts one together.
    public init(replicas: [Replica], clockOffsetMilliseconds: Int) {
        self.replicas = replicas
        self.clockOffsetMilliseconds = clockOffsetMilliseconds
    }
}

/// Names the sending of one snapshot.
public struct TransferID: Hashable, Comparable, Sendable {
    /// The number itself.
    public let rawValue: UInt64
    /// Puts one together.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    /// Earlier ones first.
    public static func < (lhs: TransferID, rhs: TransferID) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// What travels with a shard's snapshot.
public struct SnapshotHeader: Sendable {
    /// Which shard.
    public var shard: ShardID
    /// The message that has it installed.
    public var message: Consensus.Message
    /// Puts one together.
    public init(shard: ShardID, message: Consensus.Message) {
        self.shard = shard
        self.message = message
    }
}
