import Consensus
import Coordinator
import HashRing
import NIOCore
import ShardStore

/// Turns everything that waits for the disk into one transaction of `node.db` and one fsync: group commit over all shards.
actor LogWriter {
    enum Job: Sendable {
        case write(PersistTicket, GroupWrite)
        case compact(GroupKey, through: LogIndex, Configuration)
    }

    private nonisolated let mailbox = Mailbox<Job>()
    private nonisolated let executor: any SerialExecutor
    /// `nil` once it is closed.
    private var log: NodeLog?
    private let observer: RuntimeObserver
    private let crashPoints: CrashPoints
    private var post: (@Sendable (Input) -> Void)?
    private let folder: DataFolder
    private var compactions: [GroupKey: (through: LogIndex, configuration: Configuration)] = [:]
    private var mayTidy = true
    private var failed = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        opening open: @Sendable () throws -> sending NodeLog, in folder: DataFolder, on loop: any EventLoop,
        observer: RuntimeObserver, crashPoints: CrashPoints
    ) throws {
        self.folder = folder
        executor = loop.executor
        self.observer = observer
        self.crashPoints = crashPoints
        log = try open()
    }

    /// From now on, what is durable goes to `post`.
    func connect(_ post: @escaping @Sendable (Input) -> Void) { self.post = post }

    /// Hands in work; written in order.
    nonisolated func put(_ jobs: [Job]) {
        if mailbox.put(contentsOf: jobs) { Task { await self.work() } }
    }

    /// The last thing at a clean stop: nothing is left in the write-ahead file.
    func close() throws {
        defer { log = nil }
        if !failed { try log?.checkpoint() }
    }

    private func work() {
        while !failed, let log {
            let jobs = mailbox.takeAll()
            if jobs.isEmpty && compactions.isEmpty && !mayTidy { return }
            var writes: [GroupWrite] = []
            var last: PersistTicket?
            for job in jobs {
                switch job {
                case .write(let ticket, let write):
                    writes.append(write)
                    last = ticket
                    crashPoints.reach(.proposed, write)
                case .compact(let group, let index, let configuration):
                    compactions[group] = (index, configuration)
                }
            }
            do {
                if let last {
                    let records = writes.map(LogCodec.encode)
                    for write in writes {
                        try place(write)
                        // What was to be compacted is another replica's, or behind a snapshot.
                        if write.create != nil || write.remove || write.install != nil {
                            compactions[write.group] = nil
                        }
                    }
                    try log.write(records)
                    mayTidy = mayTidy || writes.contains { $0.remove || $0.install != nil || $0.create != nil }
                    observer.logged(
                        entries: records.reduce(0) { $0 + $1.records.count },
                        bytes: records.reduce(0) { $0 + $1.records.reduce(0) { $0 + $1.payload.count } },
                        figures: log.figures
                    )
                    post?(.persisted(last))
                } else if compactions.isEmpty {
                    mayTidy = try log.tidy()
                } else {
                    try compactOne(of: log)
                    mayTidy = true
                }
            } catch {
                // Nobody knows what the disk holds after a failed commit: the process ends, it never retries.
                failed = true
                observer.fail(error)
            }
        }
    }

    /// A snapshot that is to be installed gets its place before the transaction that refers to it.
    private func place(_ write: GroupWrite) throws {
        guard let install = write.install, let path = install.path, case .shard(let shard) = write.group else { return }
        try ShardFolder.place(path, shard: shard.rawValue, generation: install.generation, in: folder.shards)
    }

    /// Deletes compacted entries, one group a turn, so that writes never wait long.
    private func compactOne(of log: NodeLog) throws {
        guard let group = compactions.keys.min(), let wanted = compactions.removeValue(forKey: group) else { return }
        let more = try log.compact(
            LogCodec.group(group), through: wanted.through.rawValue,
            configuration: LogCodec.encode(wanted.configuration))
        if more { compactions[group] = wanted }
    }
}
