import Checks
import Consensus
import HashRing
import Membership

/// Everything that happens to a node.
public enum Input: Sendable {
    /// Time passed; due by ``Coordinator/nextDeadline`` at the latest.
    case tick
    case request(RequestID, Request)
    /// Another node passed a client's request on, because this one leads what it is about.
    case forwarded(RequestID, Request)
    /// Nobody waits for the answer any more: a long poll is dropped, a mutation goes on.
    case abandoned(RequestID)
    /// Everything up to and including this ticket is on disk.
    case persisted(PersistTicket)
    case applied(ShardID, AppliedBatch)
    /// What a query found; `nil` on a fault of the store.
    case answered(QueryID, QueryResult?)
    /// A checkpoint of the shard's file has made everything up to here durable in it: the log may be compacted below.
    case checkpointed(ShardID, durable: LogIndex)
    /// SIGTERM: hand leadership over; everything is served meanwhile.
    case handOver
    /// Refuse what is new and answer what is under way; whatever is led here is handed over first.
    case drain

    /// A peer says something, over the link; messages of one peer come in order.
    case peer(NodeID, PeerMessage)
    /// The link to a peer is up: what is sent to it from now on may arrive.
    case connected(NodeID)
    /// It is broken: what was sent may be lost.
    case disconnected(NodeID)
    /// Gossip, opened and decoded.
    case datagram(Datagram, from: PeerAddress)

    /// A shard's file is open and empty, or is the snapshot that was installed.
    case opened(ShardID, ShardSummary)
    /// A snapshot was taken as of `index`; `nil`: it failed. Comes right behind the batch that brought the shard there.
    case snapshotTaken(TransferID, index: LogIndex?)
    /// A snapshot was received by its target, or could not be sent.
    case snapshotSent(TransferID, Bool)
    /// A peer's snapshot of a shard has arrived and lies at `path`.
    case snapshotReceived(from: NodeID, SnapshotHeader, path: String)
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
    /// The group's log below and including this index is no longer needed; the configuration counts there, or later.
    case compact(GroupKey, through: LogIndex, Configuration)
    /// The registry changed; the runtime reads limits and settings from it (rate limits, enrollment).
    case settingsChanged(ClusterSettings)
    /// Something an operator should see, for log and metrics.
    case alarm(Alarm)
    /// ``Input/handOver`` is finished: nothing is led here that another node could lead.
    case handedOver
    /// ``Input/drain`` is finished: nothing is under way.
    case drained

    /// Another node leads what the request is about: pass it on, and come back with it if that one refuses it with
    /// ``Refusal/elsewhere``.
    case redirect(RequestID, to: NodeID)
    /// The node has not been heard for longer than callers wait: what was passed on to it may have been carried out or not.
    case silent(NodeID)
    /// To be sent over the link, in order; dropped when there is none.
    case send(NodeID, [PeerMessage])
    /// To be sealed and sent as one datagram.
    case datagram(Datagram, to: PeerAddress)
    /// Keep links to these nodes and no others.
    case peers([NodeID: PeerAddress])
    /// Members, keys or settings changed: whom to admit, what to seal gossip with.
    case registryChanged(Registry)

    /// Open the shard's file of that generation, making an empty one if there is none; answered with ``Input/opened``.
    /// Whatever file was open for the shard is closed first.
    case openShard(ShardID, generation: UInt64)
    /// Close the shard's file and delete it: the replica is gone.
    case dropShard(ShardID)
    /// Take a snapshot of everything handed to the shard before.
    case takeSnapshot(TransferID, ShardID)
    /// Send the snapshot that was taken.
    case sendSnapshot(TransferID, to: NodeID, SnapshotHeader)
    /// The snapshot that was taken is not wanted any more.
    case dropSnapshot(TransferID)
    /// A received file is not wanted.
    case discardReceived(path: String)
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
    /// A new replica of the group begins here; one that was here before goes, with its log.
    public var create: ReplicaID?
    /// The generation of a new replica's file.
    public var generation: UInt64 = 0
    /// The replica goes, with its log.
    public var remove = false
    /// Before everything else in here: the log is replaced by a snapshot.
    public var install: Installation?

    /// A snapshot that takes the place of log and file.
    public struct Installation: Sendable {
        /// What it contains, and the configuration that counts there.
        public var snapshot: Snapshot
        /// The generation of the shard's file from then on; 0 for the registry, which has none.
        public var generation: UInt64
        /// Where the received file lies, to be moved to its place first; `nil` for the registry.
        public var path: String?
    }

    /// Puts one together.
    public init(
        group: GroupKey, hardState: HardState? = nil, truncateFrom: LogIndex? = nil, entries: [Entry] = [],
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
    /// This node's clock is further from its peers' than is safe: it leads nothing until that is mended.
    case clockSkewed(milliseconds: Int)
    /// A member was not heard of for so long that its replicas are replaced.
    case memberLost(NodeID)
    /// The disk has lost entries of a group that this node has confirmed to have, up to this one: the node must end, and never
    /// start again as the one that it is.
    case forgotten(GroupKey, through: LogIndex)
}
