import HashRing

/// A question to one shard, answered from its applied state. Never changes anything.
public enum Query: Hashable, Sendable {
    // Home role
    /// Whether the secret is that of a client that is registered here (and not unregistering).
    case authenticate(ClientID, SecretHash)
    /// Everything that would refuse a lease before any shard is asked, and a replay by its key; commits nothing.
    case mayLease(Reservation)
    case client(ClientID)
    case clients(Page)
    case activity(ClientID, from: Timestamp?, to: Timestamp?, Page)
    /// Open slots: what the client holds, or may hold.
    case slots(ClientID)
    /// What a new leader must take up again.
    case openWork

    // User role
    /// A live lease as its holder sees it, checked against client and secret.
    case lease(LeaseID, ClientID, SecretHash)
    /// A lease as it was granted, whatever became of it (for a replay by key), or as it lives now.
    case leaseAsGranted(LeaseID, ClientID)
    /// The live ones of these, as their holder sees them.
    case leases([LeaseID], ClientID)
    case users(UserFilter, Page)
    case user(ScreenName, asOf: Timestamp?)
    case events(ScreenName, Page)
    case counts(ServiceName)
    case export(ServiceName, Page)

    // Either
    /// Events for `target` after number `after`.
    case outbox(target: ShardID, after: UInt64, limit: Int)
    case statistics
    case digest
}

/// A bounded part of a listing. `after` is what an earlier answer gave as `next`; opaque outside this module.
public struct Page: Hashable, Sendable {
    /// Where the part before ended; `nil` begins.
    public var after: [UInt8]?
    /// Items at most.
    public var limit: Int

    /// Puts one together.
    public init(after: [UInt8]? = nil, limit: Int) {
        self.after = after
        self.limit = limit
    }
}

/// Which users to list; `nil` means any.
public struct UserFilter: Hashable, Sendable {
    /// As this service sees them.
    public var service: ServiceName
    /// Only those in this state.
    public var state: TaskState?
    /// Only those whose task is in this lane.
    public var lane: Lane?
    /// Folded.
    public var prefix: String?

    /// Puts one together.
    public init(service: ServiceName, state: TaskState? = nil, lane: Lane? = nil, prefix: String? = nil) {
        self.service = service
        self.state = state
        self.lane = lane
        self.prefix = prefix
    }
}

/// What a query found.
public enum QueryResult: Hashable, Sendable {
    case refused(CheckRefusal)
    case authenticated
    /// Nothing stands against a lease; what a reserve would say of cap and slots.
    case mayLease(ReserveAnswer)
    case client(ClientRecord)
    case clients(Listing<ClientRecord>)
    case activity(Listing<EventRecord>)
    case slots([SlotAsk])
    case openWork(OpenWork)
    case lease(LeaseRecord)
    case leases([LeaseRecord])
    case users(Listing<UserListItem>)
    case user(UserRecord)
    case events(Listing<EventRecord>)
    case counts(ShardCounts)
    case export(Listing<ExportRow>)
    case outbox(first: UInt64, events: [OutboxEvent])
    case statistics(ShardStatistics)
    case digest([UInt8])
}

/// A part of a listing. `next` is `nil` at the end; a part may hold fewer items than its limit (even none) and still go on.
public struct Listing<Item: Hashable & Sendable>: Hashable, Sendable {
    /// The items, in order.
    public var items: [Item]
    /// The cursor of the next part.
    public var next: [UInt8]?

    /// Puts one together.
    public init(items: [Item], next: [UInt8]?) {
        self.items = items
        self.next = next
    }
}

/// What a leader takes up again after a change of leader or a restart.
public struct OpenWork: Hashable, Sendable {
    /// A slot whose last ask has no committed outcome: to be fenced at its shard, then settled.
    public var undecided: [ClientSlot]
    /// Clients in the state *ending*, with the generation and the slots still open.
    public var ending: [Ending]
    /// Outbox heads by target.
    public var outbox: [OutboxHead]
    /// Whether a durable job waits.
    public var jobs: Bool

    /// A slot and whose it is.
    public struct ClientSlot: Hashable, Sendable {
        /// Whose.
        public var client: ClientID
        /// The ask that has no committed outcome.
        public var ask: SlotAsk
        /// Puts one together.
        public init(client: ClientID, ask: SlotAsk) {
            self.client = client
            self.ask = ask
        }
    }

    /// A client on its way out.
    public struct Ending: Hashable, Sendable {
        /// Who.
        public var client: ClientID
        /// Of which registration.
        public var generation: UInt64
        /// Slots still to be cancelled.
        public var open: [SlotAsk]
        /// Puts one together.
        public init(client: ClientID, generation: UInt64, open: [SlotAsk]) {
            self.client = client
            self.generation = generation
            self.open = open
        }
    }

    /// Puts one together.
    public init(undecided: [ClientSlot], ending: [Ending], outbox: [OutboxHead], jobs: Bool) {
        self.undecided = undecided
        self.ending = ending
        self.outbox = outbox
        self.jobs = jobs
    }
}

/// The undelivered events of an outbox toward one target: numbers `first` to `last`, without gaps.
public struct OutboxHead: Hashable, Sendable {
    /// Toward which shard.
    public var target: ShardID
    /// The first that is not acknowledged.
    public var first: UInt64
    /// The last that was emitted.
    public var last: UInt64

    /// Puts one together.
    public init(target: ShardID, first: UInt64, last: UInt64) {
        self.target = target
        self.first = first
        self.last = last
    }
}
