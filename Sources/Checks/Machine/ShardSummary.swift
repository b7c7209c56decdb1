import HashRing

/// What the rest of the node needs to know after a batch was applied (and once when a shard is opened).
///
/// Derived from the state; replicas compute the same.
public struct ShardSummary: Hashable, Sendable {
    /// The last entry applied.
    public var applied: UInt64
    /// The shard's time: max over all stamps.
    public var time: Timestamp
    /// What can be granted, by service and lane; only those that have anything. Sorted.
    public var ready: [Readiness]
    /// When the next live lease passes its deadline without having been counted dead.
    public var nextLapse: Timestamp?
    /// When the next dead lease passes its grace period.
    public var nextRelease: Timestamp?
    /// Undelivered outboxes, by target.
    public var outbox: [OutboxHead]
    /// Whether a durable job waits.
    public var jobs: Bool
    /// When ``Command/purge`` next finds something.
    public var nextPurge: Timestamp?

    /// What one service and lane can grant here.
    public struct Readiness: Hashable, Sendable {
        /// Whose.
        public var service: ServiceName
        /// At which priority.
        public var lane: Lane
        /// Ready buckets, and one for pending tasks that could be formed on demand.
        public var buckets: Int
        /// Puts one together.
        public init(service: ServiceName, lane: Lane, buckets: Int) {
            self.service = service
            self.lane = lane
            self.buckets = buckets
        }
    }

    /// Puts one together.
    public init(
        applied: UInt64, time: Timestamp, ready: [Readiness], nextLapse: Timestamp?, nextRelease: Timestamp?,
        outbox: [OutboxHead], jobs: Bool, nextPurge: Timestamp?
    ) {
        self.applied = applied
        self.time = time
        self.ready = ready
        self.nextLapse = nextLapse
        self.nextRelease = nextRelease
        self.outbox = outbox
        self.jobs = jobs
        self.nextPurge = nextPurge
    }
}

/// The result of one applied batch.
public struct AppliedBatch: Sendable {
    /// One outcome an entry, in order. Empty entries and configurations of the log have none.
    public var outcomes: [AppliedOutcome]
    /// Events that this batch put into the outbox, in order: what spares the leader a query.
    public var emitted: [EmittedEvent]
    /// How the shard stands after the batch.
    public var summary: ShardSummary

    /// Results that the batch stored.
    public var results: Int {
        outcomes.reduce(0) { sum, applied in
            if case .reported(let receipt) = applied.outcome { sum + receipt.accepted } else { sum }
        }
    }

    /// What one entry came to.
    public struct AppliedOutcome: Sendable {
        /// The entry's index.
        public var index: UInt64
        /// What it came to.
        public var outcome: Outcome
        /// Puts one together.
        public init(index: UInt64, outcome: Outcome) {
            self.index = index
            self.outcome = outcome
        }
    }

    /// One event of the outbox.
    public struct EmittedEvent: Sendable {
        /// To which shard.
        public var target: ShardID
        /// Its number in the outbox toward that shard; from 1, without gaps.
        public var number: UInt64
        /// What is told.
        public var event: OutboxEvent
        /// Puts one together.
        public init(target: ShardID, number: UInt64, event: OutboxEvent) {
            self.target = target
            self.number = number
            self.event = event
        }
    }

    /// Puts one together.
    public init(outcomes: [AppliedOutcome], emitted: [EmittedEvent], summary: ShardSummary) {
        self.outcomes = outcomes
        self.emitted = emitted
        self.summary = summary
    }
}
