import Checks
import Consensus
import Coordinator
import HashRing
import Logging
import NIOCore
import NIOPosix
import ShardStore

/// Runs one shard's state machine on its own thread of execution: entries in order, queries between them.
///
/// The apply transaction spans batches: it is committed every ``commitEvery`` entries and before a checkpoint, since the log
/// holds everything and a restart replays the tail.
actor ShardApplier {
    enum Job: Sendable {
        case apply([CommittedEntry])
        case query(QueryID, Query)
        /// Close what is open and open the file of that generation, an empty one if there is none.
        case open(generation: UInt64)
        /// Close the file and delete it.
        case drop
        /// Write everything applied into a new file.
        case snapshot(TransferID, into: String)
    }

    /// Entries after which the apply transaction is committed: bounds what a restart replays and what a rollback holds.
    static let commitEvery = 512

    nonisolated let shard: ShardID
    private let folder: DataFolder
    private let tombstoneKey: [UInt8]
    private let cluster: String
    private var generation: UInt64 = 0
    private nonisolated let mailbox = Mailbox<Job>()
    private nonisolated let executor: any SerialExecutor
    private let observer: RuntimeObserver
    private let crashPoints: CrashPoints
    /// None, but in tests.
    private let faults: PlantedFaults
    /// `nil` once it is closed.
    private var machine: ShardMachine?
    private var post: (@Sendable (Input) -> Void)?
    private var uncommitted = 0
    private var sinceCheckpoint = 0
    private var failed = false
    /// A snapshot that is being written.
    private var copying: Task<Void, any Error>?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// An applier without a file.
    init(
        shard: ShardID, folder: DataFolder, tombstoneKey: [UInt8], cluster: String, on loop: any EventLoop,
        observer: RuntimeObserver, crashPoints: CrashPoints, faults: PlantedFaults
    ) {
        self.shard = shard
        self.folder = folder
        self.tombstoneKey = tombstoneKey
        self.cluster = cluster
        executor = loop.executor
        self.observer = observer
        self.crashPoints = crashPoints
        self.faults = faults
    }

    /// Opens the file of that generation, in place of what was open, and says what is in it.
    func open(generation: UInt64) throws -> ShardSummary {
        let before = self.generation
        machine = nil
        uncommitted = 0
        sinceCheckpoint = 0
        let opened = try ShardMachine(
            path: folder.shard(shard, generation: generation), shard: shard, tombstoneKey: tombstoneKey,
            cluster: cluster, faults: faults)
        machine = opened
        self.generation = generation
        if before != 0, before != generation {
            try ShardFolder.discard(shard: shard.rawValue, generation: before, in: folder.shards)
        }
        return try opened.summary()
    }

    private func drop() throws {
        machine = nil
        uncommitted = 0
        sinceCheckpoint = 0
        guard generation != 0 else { return }
        try ShardFolder.discard(shard: shard.rawValue, generation: generation, in: folder.shards)
        generation = 0
    }

    /// A snapshot that cannot be written is no reason to end: the disk may be full for a moment, and it is asked for again.
    private func snapshot(_ transfer: TransferID, into path: String) {
        Task {
            let index = try? await snapshot(into: path)
            post?(.snapshotTaken(transfer, index: index.map { LogIndex($0) }))
        }
    }

    /// From now on results go to `post`.
    func connect(_ post: @escaping @Sendable (Input) -> Void) { self.post = post }

    /// Hands in work; done in order.
    nonisolated func put(_ job: Job) {
        if mailbox.put(job) { Task { await self.work() } }
    }

    private func work() {
        while true {
            let jobs = mailbox.takeAll()
            if jobs.isEmpty { return }
            for job in jobs where !failed {
                do {
                    switch job {
                    case .apply(let entries): try apply(entries)
                    case .query(let id, let query): post?(.answered(id, try machine?.query(query)))
                    case .open(let generation): post?(.opened(shard, try open(generation: generation)))
                    case .drop: try drop()
                    case .snapshot(let transfer, let path): snapshot(transfer, into: path)
                    }
                } catch {
                    // What the file holds is unknown from here on: nothing more is applied, and the process ends.
                    failed = true
                    observer.fail(error)
                }
            }
        }
    }

    private func apply(_ entries: [CommittedEntry]) throws {
        // A replica that was dropped has nothing left to apply.
        guard let machine else { return }
        crashPoints.reach(.durable, entries)
        let batch = try machine.apply(entries.map { ($0.index.rawValue, $0.term.rawValue, $0.command) })
        crashPoints.reach(.applied, entries)
        uncommitted += entries.count
        sinceCheckpoint += entries.count
        if uncommitted >= Self.commitEvery {
            try machine.commit()
            uncommitted = 0
        }
        observer.applied(shard, results: batch.results, statements: machine.statements, rows: machine.rows)
        post?(.applied(shard, batch))
    }

    /// Writes everything applied into a new file, durably, while the shard goes on. One after the other: a snapshot is as new as
    /// its call.
    ///
    /// - Returns: the last entry in it; `nil` when this node holds nothing of the shard, or not any more.
    func snapshot(into path: String) async throws -> UInt64? {
        while let copying { _ = await copying.result }
        guard !failed, let frozen = try machine?.freeze() else { return nil }
        let frozenGeneration = generation
        uncommitted = 0
        noteCheckpoint(frozen.index)
        let copy = Task { try await NIOThreadPool.singleton.runIfActive { try frozen.copy(into: path) } }
        copying = copy
        let result = await copy.result
        copying = nil
        // What is open by now may be another file, or none.
        let isSame = generation == frozenGeneration && machine?.isFrozen == true
        if isSame { machine?.thaw() }
        try result.get()
        guard isSame else {
            PrivateFile.remove(path)
            return nil
        }
        return frozen.index
    }

    /// Entries applied since the last checkpoint.
    var backlog: Int { sinceCheckpoint }

    /// Makes everything applied durable in the shard's file, so that the log may be compacted.
    func checkpoint() {
        guard sinceCheckpoint > 0, !failed, let machine, !machine.isFrozen else { return }
        do {
            let durable = try machine.checkpoint()
            uncommitted = 0
            noteCheckpoint(durable)
        } catch {
            failed = true
            observer.fail(error)
        }
    }

    private func noteCheckpoint(_ durable: UInt64) {
        sinceCheckpoint = 0
        observer.checkpointed()
        post?(.checkpointed(shard, durable: LogIndex(durable)))
    }

    /// The last thing at a clean stop: everything is durable in the file, and the file is closed.
    func close() {
        // A snapshot that is being written has no use any more.
        machine?.thaw()
        checkpoint()
        machine = nil
    }
}
