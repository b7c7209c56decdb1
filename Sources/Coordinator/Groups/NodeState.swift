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
    /// None, but in tests.
    let faults: PlantedFaults
    let shards: [ShardID]
    /// Group 0 first, then one a shard, in order, held here or not: the position of a shard's group is its index + 1.
    var groups: [HostedGroup]
    /// What this node goes by: the newest registry that it knows.
    var registry = Registry()
    /// Group 0's state as this node's replica has applied it. Older than `registry` only while a newcomer catches up with
    /// the image that it was given when it joined.
    var replicated = Registry()
    var registryImage = LogIndex.zero
    var summaries: [ShardSummary?]
    var readiness: Readiness
    var outboxes = Outboxes()
    var leases: [LeaseClock]
    var settlements: Settlements
    var touches: Touches
    var requests = RequestsUnderWay()
    var staleReads = StaleReads()
    var reservations = ReservationsUnderWay()
    var upkeep: [Upkeep]

    var routes: Routes
    var calls = RemoteCalls()
    var parked: ParkedRequests
    var peers = PeerStates()
    var clocks: Clocks
    var gossip: Gossip
    var snapshots = SnapshotQueue()
    /// What came with a snapshot, while consensus decides whether to take it.
    var received: ReceivedFile?
    var receivedRegistry: Registry?
    var ring = RingTarget()
    var rebalancing: [Rebalancing]
    var awaitingVersion: [AwaitedVersion] = []

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
    /// Requests whose group has a leader by now.
    var released: [ParkedRequests.Parked] = []
    var ending = Ending.none
    /// Whether nothing new is begun any more.
    var isDraining: Bool { ending == .draining }

    private var lastConversation: UInt64 = 0
    private var lastQuery: UInt64 = 0
    private var lastRead: UInt64 = 0

    /// A node as it was found on disk; nothing is led yet.
    init(_ restored: RestoredNode, faults: PlantedFaults, seeds: [UInt64], gossipSeed: UInt64, now: Moment) {
        identity = restored.identity
        self.faults = faults
        shards = ShardID.all(count: restored.identity.shardCount)
        groups = ([.registry] + shards.map { .shard($0) }).map { HostedGroup($0) }
        for (found, seed) in zip(restored.groups, seeds) {
            let position = Int(found.key.number)
            if groups.indices.contains(position) {
                groups[position] = HostedGroup(
                    found, seed: seed, now: now.monotonic, mutations: faults.ofConsensus)
            }
        }
        let summaries = shards.map { restored.summaries[$0] }
        self.summaries = summaries
        readiness = Readiness(shards: shards.count)
        leases = Array(repeating: LeaseClock(), count: shards.count)
        upkeep = Array(repeating: Upkeep(), count: shards.count)
        settlements = Settlements(shards: shards.count)
        touches = Touches(shards: shards.count)
        routes = Routes(groups: shards.count + 1)
        parked = ParkedRequests(groups: shards.count + 1)
        rebalancing = Array(repeating: Rebalancing(), count: shards.count + 1)
        gossip = Gossip(restored.identity, seed: gossipSeed, now: now.monotonic)
        self.now = now
        clocks = Clocks(now, trustsItself: faults.contains(.trustOwnClock))
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
