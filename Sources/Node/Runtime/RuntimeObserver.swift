import Checks
import Coordinator
import HashRing
import Logging
import Metrics
import ShardStore
import Synchronization

/// What the runtime tells the rest of the node: figures, alarms, the settings in force, and the fault that ends it.
package final class RuntimeObserver: Sendable {
    private struct State {
        var settings = ClusterSettings()
        var fault: (any Error)?
        var log = LogFigures()
        var shards: [ShardID: StoreCost] = [:]
        /// Of shard files that are closed.
        var closed = StoreCost()
        var shardCheckpoints: UInt64 = 0
        var results = 0
    }

    /// What one file of a shard has cost since it was opened.
    private struct StoreCost {
        var statements: UInt64 = 0
        var rows: UInt64 = 0

        static func + (left: StoreCost, right: StoreCost) -> StoreCost {
            StoreCost(statements: left.statements + right.statements, rows: left.rows + right.rows)
        }
    }

    /// A checkpoint syncs the write-ahead file and then the database.
    private static let fsyncsPerCheckpoint: UInt64 = 2

    private let state = Mutex(State())
    private let logger: Logger
    /// The fault that ends the node; nothing comes as long as there is none.
    let faults: AsyncStream<any Error>
    private let faulted: AsyncStream<any Error>.Continuation
    private let bursts: Counter
    private let transactions: Counter
    private let entries: Counter
    private let bytes: Counter
    private let alarms: Counter

    package init(logger: Logger, metrics: any MetricsFactory) {
        self.logger = logger
        (faults, faulted) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1))
        bursts = Counter(label: "dmcheck_coordinator_inputs_total", factory: metrics)
        transactions = Counter(label: "dmcheck_log_transactions_total", factory: metrics)
        entries = Counter(label: "dmcheck_log_entries_total", factory: metrics)
        bytes = Counter(label: "dmcheck_log_bytes_total", factory: metrics)
        alarms = Counter(label: "dmcheck_alarms_total", factory: metrics)
    }

    /// The settings in force, for limits that are kept outside the coordinator.
    package var settings: ClusterSettings { state.withLock { $0.settings } }

    /// The fault that ends the node, if there is one.
    var firstFault: (any Error)? { state.withLock { $0.fault } }

    func settingsChanged(_ settings: ClusterSettings) { state.withLock { $0.settings = settings } }

    func burst(_ count: Int) { bursts.increment(by: count) }

    /// One transaction of the log was committed: one fsync. `figures` are the log's since it was opened.
    func logged(entries count: Int, bytes size: Int, figures: LogFigures) {
        transactions.increment()
        entries.increment(by: count)
        bytes.increment(by: size)
        state.withLock { $0.log = figures }
    }

    /// A shard has stored so many further results, and has run so many statements and changed so many rows since its file
    /// was opened.
    func applied(_ shard: ShardID, results: Int, statements: UInt64, rows: UInt64) {
        state.withLock { state in
            state.results += results
            // Fewer than before: another file took its place, and figures only rise.
            if let last = state.shards[shard], last.statements > statements { state.closed = state.closed + last }
            state.shards[shard] = StoreCost(statements: statements, rows: rows)
        }
    }

    /// A shard's file was checkpointed.
    func checkpointed() { state.withLock { $0.shardCheckpoints += 1 } }

    /// What the stores have done since the process started (N7).
    var storeFigures: StoreFigures {
        state.withLock { state in
            let checkpoints = state.log.checkpoints + state.shardCheckpoints
            let shards = state.shards.values.reduce(state.closed, +)
            return StoreFigures(
                statements: Int64(state.log.statements + shards.statements),
                rows: Int64(state.log.rows + shards.rows),
                bytesWritten: ProcessDisk.bytesWritten(),
                fsyncs: Int64(state.log.transactions + checkpoints * Self.fsyncsPerCheckpoint),
                results: Int64(state.results))
        }
    }

    func raise(_ alarm: Alarm) {
        switch alarm {
        case .waitExceeded(let service, let oldest):
            logger.warning(
                "a task waits longer than its service allows",
                metadata: ["service": "\(service)", "oldest": "\(oldest.milliseconds)"]
            )
        case .overloaded(let shard):
            logger.warning("a shard refuses work: too much is under way", metadata: ["shard": "\(shard)"])
        case .clockSkewed(let milliseconds):
            logger.error(
                "this node's clock is not its peers': it leads nothing until that is mended",
                metadata: ["aheadMilliseconds": "\(milliseconds)"])
        case .memberLost(let node):
            logger.warning("a node is dead for so long that its replicas are replaced", metadata: ["node": "\(node)"])
        case .storeFault(let shard):
            logger.error("a shard's store failed a query", metadata: ["shard": "\(shard)"])
        case .forgotten(let group, let index):
            logger.critical(
                "the log lacks what this node has confirmed", metadata: ["group": "\(group)", "through": "\(index)"])
        }
        alarms.increment()
    }

    /// A write failed: the process must end, never retry, since nobody knows what the disk holds now.
    func fail(_ error: any Error) {
        state.withLock { if $0.fault == nil { $0.fault = error } }
        faulted.yield(error)
    }
}
