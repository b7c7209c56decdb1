import Checks
import Consensus
import Coordinator
import HashRing
import Logging
import NIOCore
import ShardStore

/// Runs one shard's state machine on its own thread of execution: entries in order, queries between them.
///
/// The apply transaction spans batches: it is committed every ``commitEvery`` entries and before a checkpoint, since the log
/// holds everything and a restart replays the tail.
actor ShardApplier {
    enum Job: Sendable {
        case apply([CommittedEntry])
        case query(QueryID, Query)
    }

    /// Entries after which the apply transaction is committed: bounds what a restart replays and what a rollback holds.
    static let commitEvery = 512

    nonisolated let shard: ShardID
    private nonisolated let mailbox = Mailbox<Job>()
    private nonisolated let executor: any SerialExecutor
    private let observer: RuntimeObserver
    private let crashPoints: CrashPoints
    /// `nil` once it is closed.
    private var machine: ShardMachine?
    private var post: (@Sendable (Input) -> Void)?
    private var uncommitted = 0
    private var sinceCheckpoint = 0
    private var failed = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens the shard's file and says what is in it.
    static func open(
        file: String, shard: ShardID, tombstoneKey: [UInt8], on loop: any EventLoop, observer: RuntimeObserver,
        crashPoints: CrashPoints
    ) async throws -> (applier: ShardApplier, summary: ShardSummary) {
        let applier = try ShardApplier(
            file: file, shard: shard, tombstoneKey: tombstoneKey, executor: loop.executor, observer: observer,
            crashPoints: crashPoints
        )
        return (applier, try await applier.summary())
    }

    private init(
        file: String, shard: ShardID, tombstoneKey: [UInt8], executor: any SerialExecutor, observer: RuntimeObserver,
        crashPoints: CrashPoints
    ) throws {
        self.shard = shard
        self.executor = executor
        self.observer = observer
        self.crashPoints = crashPoints
        machine = try ShardMachine(path: file, shard: shard, tombstoneKey: tombstoneKey)
    }

    private func summary() throws -> ShardSummary { try opened().summary() }

    /// The machine, as long as it is open.
    private func opened() throws -> ShardMachine {
        guard let machine else {
            throw StartError("shard \(shard) is closed", remedy: "the node is stopping; start it again")
        }
        return machine
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
                    case .query(let id, let query): post?(.answered(id, try opened().query(query)))
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
        let machine = try opened()
        crashPoints.reach(.durable, entries)
        let batch = try machine.apply(entries.map { ($0.index.rawValue, $0.term.rawValue, $0.command) })
        crashPoints.reach(.applied, entries)
        uncommitted += entries.count
        sinceCheckpoint += entries.count
        if uncommitted >= Self.commitEvery {
            try machine.commit()
            uncommitted = 0
        }
        observer.applied(shard, statements: machine.statements)
        post?(.applied(shard, batch))
    }

    /// Entries applied since the last checkpoint.
    var backlog: Int { sinceCheckpoint }

    /// Makes everything applied durable in the shard's file, so that the log may be compacted.
    func checkpoint() {
        guard sinceCheckpoint > 0, !failed, let machine else { return }
        do {
            let durable = try machine.checkpoint()
            uncommitted = 0
            sinceCheckpoint = 0
            observer.checkpointed()
            post?(.checkpointed(shard, durable: LogIndex(durable)))
        } catch {
            failed = true
            observer.fail(error)
        }
    }

    /// The last thing at a clean stop: everything is durable in the file, and the file is closed.
    func close() {
        checkpoint()
        machine = nil
    }
}
