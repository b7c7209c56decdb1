import Consensus
import Coordinator
import HashRing
import NIOCore
import ShardStore

/// Turns everything that waits for the disk into one transaction of `node.db` and one fsync: group commit over all shards.
actor LogWriter {
    enum Job: Sendable {
        case write(PersistTicket, GroupWrite)
        case compact(GroupKey, through: LogIndex)
    }

    private nonisolated let mailbox = Mailbox<Job>()
    private nonisolated let executor: any SerialExecutor
    /// `nil` once it is closed.
    private var log: NodeLog?
    private let observer: RuntimeObserver
    private let crashPoints: CrashPoints
    private var post: (@Sendable (Input) -> Void)?
    private var compactions: [GroupKey: LogIndex] = [:]
    private var failed = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        opening open: @Sendable () throws -> sending NodeLog, on loop: any EventLoop, observer: RuntimeObserver,
        crashPoints: CrashPoints
    ) throws {
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
            if jobs.isEmpty && compactions.isEmpty { return }
            var writes: [GroupWrite] = []
            var last: PersistTicket?
            for job in jobs {
                switch job {
                case .write(let ticket, let write):
                    writes.append(write)
                    last = ticket
                    crashPoints.reach(.proposed, write)
                case .compact(let group, let index): compactions[group] = index
                }
            }
            do {
                if let last {
                    let records = writes.map(LogCodec.encode)
                    try log.write(records)
                    observer.logged(
                        entries: records.reduce(0) { $0 + $1.records.count },
                        bytes: records.reduce(0) { $0 + $1.records.reduce(0) { $0 + $1.payload.count } },
                        figures: log.figures
                    )
                    post?(.persisted(last))
                } else {
                    try compactOne(of: log)
                }
            } catch {
                // Nobody knows what the disk holds after a failed commit: the process ends, it never retries.
                failed = true
                observer.fail(error)
            }
        }
    }

    /// Deletes compacted entries, one group a turn, so that writes never wait long.
    private func compactOne(of log: NodeLog) throws {
        guard let group = compactions.keys.min(), let index = compactions.removeValue(forKey: group) else { return }
        if try log.compact(LogCodec.group(group), through: index.rawValue) { compactions[group] = index }
    }
}
