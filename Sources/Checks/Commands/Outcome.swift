import HashRing

/// What applying one command came to. The proposer's conversation gets it; replicas compute the same and drop it.
public enum Outcome: Hashable, Sendable {
    /// Done, or a no-op that needs no answer of its own.
    case done
    /// The command did not fit the state; nothing changed (but a fault that had to be counted).
    case refused(CheckRefusal)
    case digest([UInt8])
    case jobStep(more: Bool)
    /// The highest event number of `source` that this shard has taken.
    case inbox(source: ShardID, through: UInt64)

    case registered(ClientRecord, created: Bool)
    case reserved(ReserveAnswer)
    /// The new ask of a slot.
    case asked(SlotAsk)
    /// Slots whose leases must be cancelled before ``Command/finishUnregister(_:generation:)``.
    case ending(generation: UInt64, open: [SlotAsk])

    case added(UserTally)
    case marked(MarkTally)
    case rechecked(RecheckTally)
    /// The job's number in this shard.
    case jobStarted(UInt64)
    case granted(LeaseRecord)
    /// Nothing to grant; the id is refused for good.
    case nothingToGrant
    /// What `fence` or `cancel` found: the lease lives (fence only), or the id is refused for good from here on.
    case fenced(granted: LeaseRecord?)
    case reported(ReportReceipt)
    case renewed(deadline: Timestamp)
}

/// Why a command or query was refused. Each maps to one problem of the interface.
public enum CheckRefusal: Error, Hashable, Sendable {
    case unauthenticated
    /// The lease is another client's: the entry must authenticate the caller at its home before it says so.
    case notYours
    /// No such live lease, and none remembered.
    case leaseGone
    case identityTaken(field: String)
    case inviteRequired
    case quarantined(reason: String)
    case throttled(retryAfterSeconds: Int)
    case serviceNotInCapability
    case unknownService
    case revokedService
    case unknownUser
    case unknownClient
    case renewalTooEarly
    case idempotencyMismatch
    /// The cap is reached by what this shard counts: confirm the slots (drain the outboxes toward this shard), then repeat with
    /// `slotsConfirmed`.
    case confirmSlots
    /// Slots are still open.
    case notFinished
}

/// One slot's current ask.
public struct SlotAsk: Hashable, Sendable {
    /// Whose ask.
    public var slot: SlotID
    /// Under which id, and so at which shard.
    public var lease: LeaseID
    /// From which lane.
    public var lane: Lane
    /// Users that the client's window still allows this ask.
    public var allowance: Int

    /// Puts one together.
    public init(slot: SlotID, lease: LeaseID, lane: Lane, allowance: Int) {
        self.slot = slot
        self.lease = lease
        self.lane = lane
        self.allowance = allowance
    }
}

/// What a reserve came to.
public struct ReserveAnswer: Hashable, Sendable {
    /// min(the service's `maxOutstanding`, the capability's `maxBuckets`).
    public var cap: Int
    /// Slots of this service that were open before.
    public var outstanding: Int
    /// The new slots; fewer than asked for when clamped.
    public var slots: [SlotAsk]
    /// Set when the window, not the cap, left nothing: when it will allow some.
    public var retryAfterSeconds: Int?
    /// The window, by what the new slots may cost at most, left fewer than were asked for: once their real cost is committed,
    /// a reserve that continues this one may open more.
    public var more = false
    /// The same key was seen: the slots it opened, closed ones included, in their order. `slots` is empty then.
    public var replay: [ReplayedSlot]?

    /// Puts one together.
    public init(
        cap: Int, outstanding: Int, slots: [SlotAsk], retryAfterSeconds: Int? = nil, replay: [ReplayedSlot]? = nil
    ) {
        self.cap = cap
        self.outstanding = outstanding
        self.slots = slots
        self.retryAfterSeconds = retryAfterSeconds
        self.replay = replay
    }
}

/// A slot that an earlier request with the same key opened.
public struct ReplayedSlot: Hashable, Sendable {
    /// The ask that the slot stands for.
    public var ask: SlotAsk
    /// Its ask was granted (committed here), so that its user shard can show the lease as it was granted.
    public var granted: Bool
    /// Still open without a known outcome: the request goes on from its ask.
    public var undecided: Bool

    /// Puts one together.
    public init(ask: SlotAsk, granted: Bool, undecided: Bool) {
        self.ask = ask
        self.granted = granted
        self.undecided = undecided
    }
}

/// What adding users came to, by count and by row.
public struct UserTally: Hashable, Sendable {
    /// New users.
    public var added = 0
    /// Users that were there before.
    public var existing = 0
    /// New tasks.
    public var marked = 0
    /// Positions (in the command) of rows whose account id differs from the stored one; nothing of them was taken.
    public var accountMismatches: [Int] = []
    /// Nothing yet.
    public init() {}
}

/// What marking came to.
public struct MarkTally: Hashable, Sendable {
    /// New tasks.
    public var marked = 0
    /// Users that had a task, raised ones included.
    public var already = 0
    /// Names that no user has.
    public var unknown: [ScreenName] = []
    /// Nothing yet.
    public init() {}
}

/// What a recheck came to.
public struct RecheckTally: Hashable, Sendable {
    /// New tasks.
    public var requeued = 0
    /// Users whose task still waits or runs.
    public var running = 0
    /// Names that no user has.
    public var unknown: [ScreenName] = []
    /// Nothing yet.
    public init() {}
}
