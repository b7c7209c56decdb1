/// One replica of one Raft group: a value that is told what happens and at what time, and says what to do about it.
///
/// It does no I/O and has no clock. After any call, ask ``takeReady()`` until it returns `nil`; then do as told:
/// write `persist` and report with ``persisted(_:now:)``, send `messages`, apply `committed` and report with
/// ``applied(through:now:)``, serve `reads`, fetch `snapshots`. Times are durations since any fixed origin and never
/// go back.
///
/// Raft: Ongaro & Ousterhout, "In Search of an Understandable Consensus Algorithm" (2014), and Ongaro's thesis (2014)
/// for pre-vote, transfers, reads and catching up. The documentation's Consensus article says what differs and why.
public struct RaftGroup: Sendable {
    /// This replica.
    public let id: ReplicaID
    /// Its settings.
    public let settings: Settings

    package internal(set) var term: Term
    package internal(set) var vote: ReplicaID?
    package internal(set) var role: Role
    package internal(set) var log: ReplicatedLog
    package internal(set) var commit: LogIndex
    package internal(set) var applied: LogIndex
    /// The last entry that a ``Ready`` handed out to be applied.
    package internal(set) var handedOut: LogIndex
    /// The last configuration that was applied: the one that counts.
    package internal(set) var configuration: Configuration
    /// Where configurations stand in the log that are not applied yet, in order.
    package internal(set) var unappliedConfigurations: [LogIndex] = []
    /// The snapshot that is being installed and is not on disk yet.
    var installing: Snapshot?
    /// The same, until it is handed to the disk.
    var unwrittenSnapshot: Snapshot?
    var durability: Durability
    var outbox: [Message] = []
    var readStates: [ReadState] = []
    var snapshotRequests: [SnapshotRequest] = []
    var random: SplitMix64
    /// The latest time that was told.
    var clock: Duration
    /// Set when a leader counts on entries up to here, which this replica has acknowledged and does not have: its disk has lost
    /// what it promised to keep. It takes no part in anything any more; whoever owns it must end, and never start it again.
    public internal(set) var forgotten: LogIndex?
    package let mutations: Mutation
    /// The first invariant that was found broken; only with a deliberate fault, otherwise the process ends there.
    package internal(set) var broken: String?

    /// A replica as its disk says. It starts as a follower.
    ///
    /// - Parameters:
    ///   - seed: where its random waits come from; different on each replica.
    ///   - now: the present time.
    public init(id: ReplicaID, settings: Settings, restored: Restored, seed: UInt64, now: Duration) {
        self.init(id: id, settings: settings, restored: restored, seed: seed, now: now, mutations: [])
    }

    package init(
        id: ReplicaID, settings: Settings, restored: Restored, seed: UInt64, now: Duration, mutations: Mutation
    ) {
        let base = restored.base.index
        for (position, entry) in restored.entries.enumerated() {
            precondition(
                entry.index.rawValue == base.rawValue + UInt64(position) + 1, "a restored log has a gap")
        }
        self.id = id
        self.settings = settings
        self.mutations = mutations
        log = ReplicatedLog(base: restored.base, entries: restored.entries)
        precondition(
            restored.applied >= base && restored.applied <= log.last,
            "what is applied is in the log, at or after its base")
        term = restored.hardState.term
        vote = mutations.contains(.forgetVoteOnRestart) ? nil : restored.hardState.vote
        commit = min(max(restored.hardState.commit, restored.applied), log.last)
        applied = restored.applied
        handedOut = restored.applied
        configuration = restored.configuration
        durability = Durability(written: restored.hardState)
        random = SplitMix64(seed: seed)
        clock = now
        role = .follower(Follower(lastContact: now, patience: .zero, electionDeadline: now))
        for entry in restored.entries {
            guard case .configuration(let change) = entry.payload else { continue }
            if entry.index <= applied { configuration = change } else { unappliedConfigurations.append(entry.index) }
        }
        role = .follower(makeFollower(leader: nil, now: now))
    }
}
