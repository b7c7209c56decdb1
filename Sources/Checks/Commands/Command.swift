import HashRing

/// One entry of a shard's log: the proposer's time, its draw, and what is to be done.
///
/// Apply chooses and re-checks; a command that no longer fits is a typed no-op. The stamp is the proposer's clock; a shard's
/// time is max(previous, stamp).
public struct CommandEnvelope: Hashable, Sendable {
    /// The proposer's clock.
    public var stamp: Timestamp
    /// 128 random bits of the proposer's, from which apply derives lease ids and choices.
    public var draw: Draw
    /// What is to be done.
    public var command: Command

    /// An entry.
    public init(stamp: Timestamp, draw: Draw, command: Command) {
        self.stamp = stamp
        self.draw = draw
        self.command = command
    }
}

/// Everything that changes a shard. A shard plays two roles: *home* of clients (their registration, slots and statistics), and
/// keeper of *users* (their tasks, buckets and leases).
public enum Command: Hashable, Sendable {
    // Either role
    /// Takes over the registry's services and settings; an older version changes nothing.
    case configure(DomainConfiguration)
    /// Writes a digest of all tables into the outcome (I8).
    case digest
    /// One bounded step (at most ``Limits/rowsPerEntry`` rows) of the oldest durable job of this shard.
    case jobStep
    /// Forgets what nothing needs any more: keys, exclusions, markers and delivered events past their 24 hours; bounded.
    case purge
    /// Events of `source`'s outbox, numbered from `first` without gaps; what the watermark covers is skipped.
    case inbox(source: ShardID, first: UInt64, events: [OutboxEvent])
    /// `target` has committed everything up to and including `through`.
    case outboxDelivered(target: ShardID, through: UInt64)

    // Home role
    case register(ClientID, Registration)
    /// Opens slots for a lease request, each naming the shard to ask first, and answers a replay by its key.
    case reserve(Reservation)
    /// The slot's last ask found nothing (committed `none` or `fence`): asks `shard` next, under a new lease id.
    case ask(slot: SlotID, after: LeaseID, shard: ShardID)
    /// The slot's ask was granted; `users` is what the bucket cost. Closes nothing: the lease now lives.
    case granted(slot: SlotID, lease: LeaseID, users: Int, deadline: Timestamp)
    /// The slot's last ask found nothing and no shard is left to ask.
    case exhausted(slot: SlotID, lease: LeaseID)
    /// Faults seen at other shards or at the entry.
    case fault(ClientID, ClientFault, count: Int, lease: LeaseID?)
    /// Clients that made calls which left no other trace.
    case touch([ClientID])
    /// From here on no reserve, no ask, no lease answer; the outcome lists the open slots to be cancelled.
    case beginUnregister(ClientID, by: EndingCause)
    /// The slot's lease was ended, or its ask refused for good, by a committed `cancel`.
    case slotCancelled(slot: SlotID, lease: LeaseID)
    /// Every slot is closed: the client is unregistered (or reset). Refused as long as one is open.
    case finishUnregister(ClientID, generation: UInt64)
    case quarantine(ClientID, reason: String)
    case reinstate(ClientID)

    // User role
    /// Adds users, and marks them if asked; existing users are joined, not doubled.
    case addUsers([UserReference], mark: Marking?)
    case mark([ScreenName], Marking)
    /// A durable job: marks every user that the service has not marked yet.
    case markUnmarked(Marking)
    case recheck([ScreenName], Marking)
    /// A durable job: rechecks every user whose current verdict is older.
    case recheckOlder(than: Timestamp, Marking)
    case deleteUser(ScreenName)
    /// Grants a bucket under `lease`, idempotent by the id; refuses ids that were fenced, cancelled or answered `none`.
    case grant(GrantOrder)
    /// Refuses `lease` for good unless it was granted; never ends a granted lease.
    case fence(LeaseID, client: ClientID)
    /// Ends a live lease as if given back, or refuses the id for good.
    case cancel(LeaseID, client: ClientID)
    case report(LeaseID, ClientID, SecretHash, rows: [ReportedResult], release: Bool)
    case renew(LeaseID, ClientID, SecretHash)
    case giveBack(LeaseID, ClientID, SecretHash)
    /// These leases, with the deadlines the leader saw, passed them: dead, but still able to deliver.
    case lapse([LeaseDeadline])
    /// These leases, with the deadlines the leader saw, are past their grace period: their buckets are ready again.
    case release([LeaseDeadline])
}

/// A lease and the deadline that the leader saw: a renewal in between makes the command a no-op for it.
public struct LeaseDeadline: Hashable, Sendable {
    /// Which lease.
    public var lease: LeaseID
    /// The deadline that the leader saw.
    public var deadline: Timestamp

    /// Puts one together.
    public init(lease: LeaseID, deadline: Timestamp) {
        self.lease = lease
        self.deadline = deadline
    }
}

/// What a client says when it registers; checked for form before it is proposed.
public struct Registration: Hashable, Sendable {
    /// The screen name as it was given.
    public var screenName: String
    /// The hash of the client's own secret.
    public var secret: SecretHash
    /// `nil`: the defaults of ``Capability``.
    public var capability: Capability?
    /// The registry has admitted an invite for this client (or enrollment is open).
    public var invited: Bool

    /// Puts one together.
    public init(screenName: String, secret: SecretHash, capability: Capability?, invited: Bool) {
        self.screenName = screenName
        self.secret = secret
        self.capability = capability
        self.invited = invited
    }
}

/// Why and by whom a client's leases are ended.
public enum EndingCause: Hashable, Sendable {
    /// The client itself; its secret is checked in the apply.
    case client(SecretHash)
    case operatorUnregisters
    /// Afterwards the id may register with a new secret and screen name.
    case operatorResets
}

/// One slot: the right of a client to one bucket, counted against its cap from the reserve on. Unique within its home shard.
public struct SlotID: Hashable, Comparable, Sendable {
    /// The number.
    public let rawValue: UInt64
    /// Puts one together.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    /// By number.
    public static func < (lhs: SlotID, rhs: SlotID) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// A lease request as its home shard commits it.
public struct Reservation: Hashable, Sendable {
    /// An `Idempotency-Key` with the digest of the body it came with.
    public struct Key: Hashable, Sendable {
        /// 1 to 64 visible ASCII characters.
        public var key: String
        /// SHA-256 of the parsed body in canonical form.
        public var body: [UInt8]
        /// Puts one together.
        public init(key: String, body: [UInt8]) {
            self.key = key
            self.body = body
        }
    }

    /// Who asks.
    public var client: ClientID
    /// With which secret.
    public var secret: SecretHash
    /// For which service.
    public var service: ServiceName
    /// Buckets asked for, 1 or more; clamped by apply.
    public var count: Int
    /// By which a repeated request is known.
    public var key: Key?
    /// Shards whose hints show urgent work, in the proposer's random order; not filtered by anything the client sent.
    public var urgentShards: [ShardID]
    /// Shards whose hints show normal work, likewise.
    public var normalShards: [ShardID]
    /// H has asked the shards of the slots that it counts: a refusal for the cap is final now.
    public var slotsConfirmed: Bool
    /// A later round of the same request, after the window limited the one before: new slots are added to the key's.
    public var continues = false

    /// Puts one together.
    public init(
        client: ClientID, secret: SecretHash, service: ServiceName, count: Int, key: Key?, urgentShards: [ShardID],
        normalShards: [ShardID], slotsConfirmed: Bool
    ) {
        self.client = client
        self.secret = secret
        self.service = service
        self.count = count
        self.key = key
        self.urgentShards = urgentShards
        self.normalShards = normalShards
        self.slotsConfirmed = slotsConfirmed
    }
}

/// What a user shard is asked for.
public struct GrantOrder: Hashable, Sendable {
    /// The id to grant under: also what makes the order idempotent.
    public var lease: LeaseID
    /// For whom.
    public var client: ClientID
    /// The hash that later calls on the lease are checked against.
    public var secret: SecretHash
    /// Of which service.
    public var service: ServiceName
    /// From which lane.
    public var lane: Lane
    /// Users that the client's window still allows, at least 1.
    public var allowance: Int
    /// Home shard and slot, to which `leaseEnded` goes.
    public var home: ShardID
    /// The slot that asked.
    public var slot: SlotID
    /// The order is void once the shard's time has passed this.
    public var notAfter: Timestamp

    /// Puts one together.
    public init(
        lease: LeaseID, client: ClientID, secret: SecretHash, service: ServiceName, lane: Lane, allowance: Int,
        home: ShardID, slot: SlotID, notAfter: Timestamp
    ) {
        self.lease = lease
        self.client = client
        self.secret = secret
        self.service = service
        self.lane = lane
        self.allowance = allowance
        self.home = home
        self.slot = slot
        self.notAfter = notAfter
    }
}

/// Which service and lane users are marked for.
public struct Marking: Hashable, Sendable {
    /// For which service.
    public var service: ServiceName
    /// At which priority.
    public var lane: Lane

    /// Puts one together.
    public init(service: ServiceName, lane: Lane) {
        self.service = service
        self.lane = lane
    }
}

/// What one shard tells another, exactly once in effect.
public enum OutboxEvent: Hashable, Sendable {
    /// How a lease ended.
    public enum Ending: UInt8, Hashable, Sendable { case done = 1, released = 2 }

    /// A lease passed its deadline; counted dead once.
    case leaseDead(client: ClientID, slot: SlotID, lease: LeaseID, at: Timestamp)
    /// A live lease ended: H closes the slot that stands for `lease`. `users`: what the bucket cost when granted.
    case leaseEnded(client: ClientID, slot: SlotID, lease: LeaseID, ending: Ending, users: Int, at: Timestamp)
    /// Results were accepted: counts by verdict, and agreement with verdicts made by several clients.
    case resultsAccepted(client: ClientID, counts: [VerdictCount], agreeing: Int, judged: Int, at: Timestamp)
    /// Rows for users that are not in the bucket.
    case faults(client: ClientID, fault: ClientFault, count: Int, lease: LeaseID, at: Timestamp)
}
