import Checks
import Consensus
import DequeModule
import HashRing

/// A query on its way: who asked, and whom.
struct AskedQuery: Sendable {
    let ticket: Ticket
    let shard: ShardID
}

/// The parts of a node that conversations work with. Each part knows its own matter only; what needs two of them is
/// an extension here, in the folder of the concept.
struct NodeState: Sendable {
    let identity: NodeIdentity
    let shards: [ShardID]
    /// Group 0 first, then one a shard, in order: the position of a shard's group is its index + 1.
    var groups: [HostedGroup]
    var registry = Registry()
    var registryImage = LogIndex.zero
    var summaries: [ShardSummary?]
    var readiness: Readiness
    var outboxes = Outboxes()
    var leases: [LeaseClock]
    var settlements: Settlements
    var touches: Touches
    var requests = RequestsUnderWay()
    var reservations = ReservationsUnderWay()
    var upkeep: [Upkeep]

    var persists = PersistQueue()
    var timers = DeadlineQueue<TimedWork>()
    /// Events on their way to conversations.
    var events = Deque<(ConversationID, Event)>()
    /// Conversations that begin after the present one has had its turn.
    var beginning: [(ConversationID, any Conversation)] = []
    var queries: [QueryID: AskedQuery] = [:]
    var effects: [Effect] = []

    var now: Moment
    /// Random words for what is decided in this turn; filled from the caller's source before each event.
    var entropy = Entropy()
    /// Whose turn it is.
    var current = ConversationID(rawValue: 0)
    /// Groups that have something for consensus to do, in the order in which they got it.
    var touched: [Int] = []
    /// Recoveries of shards that wait for the founding.
    var awaitingRegistry: [ConversationID] = []
    var isDraining = false

    private var lastConversation: UInt64 = 0
    private var lastQuery: UInt64 = 0
    private var lastRead: UInt64 = 0

    /// A node as it was found on disk; nothing is led yet.
    init(_ restored: RestoredNode, seeds: [UInt64], now: Moment) {
        identity = restored.identity
        shards = ShardID.all(count: restored.identity.shardCount)
        groups = zip(restored.groups, seeds).map { HostedGroup($0, seed: $1, now: now.monotonic) }
        let summaries = shards.map { restored.summaries[$0] }
        self.summaries = summaries
        readiness = Readiness(shards: shards.count)
        leases = Array(repeating: LeaseClock(), count: shards.count)
        upkeep = Array(repeating: Upkeep(), count: shards.count)
        settlements = Settlements(shards: shards.count)
        touches = Touches(shards: shards.count)
        self.now = now
    }

    mutating func nextConversation() -> ConversationID {
        lastConversation += 1
        return ConversationID(rawValue: lastConversation)
    }

    mutating func nextQuery() -> QueryID {
        lastQuery += 1
        return QueryID(rawValue: lastQuery)
    }

    mutating func nextRead() -> ReadID {
        lastRead += 1
        return ReadID(lastRead)
    }

    /// Starts a conversation as soon as the present event is dealt with.
    @discardableResult
    mutating func start(_ conversation: any Conversation) -> ConversationID {
        let id = nextConversation()
        beginning.append((id, conversation))
        events.append((id, .begin))
        return id
    }

    /// Wakes the present conversation at that time.
    mutating func wake(at due: Duration) { timers.add(.conversation(current), due: due) }

    mutating func raise(_ alarm: Alarm) { effects.append(.alarm(alarm)) }
}
