import Checks
import Consensus
import DequeModule
import HashRing

/// A Raft group of the cluster and this node's replica of it, if it holds one, with what waits for it: proposals for
/// their outcomes, reads for their index. Only ``isAlone`` asks how many voters there are.
struct HostedGroup: Sendable {
    let key: GroupKey
    /// This node's replica; `nil` where it holds none.
    var raft: RaftGroup?
    /// The generation of the shard's file.
    var generation: UInt64 = 0
    /// Files that were to be opened and are not yet: until then, what is heard of the shard is said of another file.
    var opening = 0
    /// A snapshot that is on its way to the disk.
    var installing: Installing?
    /// The last digest of the contents that a command took here.
    var digest: NodeReport.Digest?
    /// How far this node has come in leading the group.
    var standing = Standing.following

    /// Commands that the next ``NodeState/flush(using:)`` stamps and proposes, all with one persist effect.
    var unproposed: [Proposal] = []
    /// Proposed and not committed, in order of the log.
    var proposed = Deque<Awaited>()
    /// Committed and handed to the applier, in order of the log.
    var applying = Deque<Awaited>()
    /// Queries that wait for the next flush to ask consensus for an index.
    var unread: [Question] = []
    /// Batches of queries that wait for their index, or for everything up to it to be handed to the applier.
    var reading: [Reading] = []
    /// Up to where entries were handed to be applied.
    var handedOut: LogIndex
    /// Whether this group is on the list of those to be looked after.
    var isTouched = false
    /// When its leader, another node, was last asked something, and whether a timer is set for looking at that one.
    var asked = Duration.zero
    var isWatched = false
    /// The deadline of consensus for which a timer is set.
    var timer: Duration?
    /// The read that rides on the last heartbeats of a leader here, and when it was asked.
    var confirming: (id: ReadID, asked: Moment)?
    /// How far the group was known to have come when such a read was last answered.
    var confirmed: Announcement.Confirmation?
    /// Up to when this replica is known to be complete.
    var safeTime = SafeTime()

    /// One way of a leader into office and out of it.
    enum Standing: Hashable, Sendable {
        /// Another leads, or nobody.
        case following
        /// Elected; the first entry of its own term is not applied yet.
        case elected
        /// Taking up what the predecessors left: the registry's configuration, then open work.
        case recovering(Office)
        case serving(Office)

        var office: Office? {
            switch self {
            case .following, .elected: nil
            case .recovering(let office), .serving(let office): office
            }
        }
    }

    /// When this leader took office: against a skewed clock, a lease from before must also outlive its remaining time
    /// by this node's own monotonic clock.
    struct Office: Hashable, Sendable {
        var term: Term
        var since: Duration
        /// The shard's time then.
        var time: Timestamp
    }

    struct Proposal: Sendable {
        enum Body: Sendable {
            case shard(Command)
            case registry(RegistryCommand)
        }
        var body: Body
        var ticket: Ticket?
    }

    struct Awaited: Sendable {
        var index: LogIndex
        var term: Term
        var ticket: Ticket?
    }

    struct Question: Sendable {
        enum Body: Sendable {
            case shard(Query)
            case registry
        }
        var body: Body
        var ticket: Ticket
    }

    struct Reading: Sendable {
        var id: ReadID
        /// `nil` until consensus has said it.
        var index: LogIndex?
        var questions: [Question]
    }

    /// A snapshot that consensus has taken and the disk has not.
    struct Installing: Sendable {
        var persist: PersistID
        var generation: UInt64
        /// The registry's image, for group 0.
        var image: Registry?
        var through: LogIndex
    }

    /// A group of which this node holds nothing.
    init(_ key: GroupKey) {
        self.key = key
        handedOut = .zero
    }

    init(_ restored: RestoredNode.Group, seed: UInt64, now: Duration, mutations: Mutation) {
        key = restored.key
        handedOut = restored.restored.applied
        generation = restored.generation
        raft = RaftGroup(
            id: restored.replica, settings: Settings(), restored: restored.restored, seed: seed, now: now,
            mutations: mutations)
    }

    /// Proposals whose outcome is not known yet.
    var inFlight: Int { unproposed.count + proposed.count + applying.count }
    var leads: Bool { raft?.isLeader ?? false }
    /// Whether no other node's vote is ever needed.
    var isAlone: Bool {
        guard let raft else { return false }
        let configuration = raft.status.configuration
        return !configuration.isJoint && configuration.voters == [raft.id]
    }
    /// Whether this node leads the group and may be asked.
    var isInOffice: Bool { standing.office != nil }
}
