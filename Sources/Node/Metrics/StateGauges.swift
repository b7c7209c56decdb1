import Checks
import Coordinator
import Metrics
import Synchronization

/// The state of the whole cluster as gauges, and what the node's stores have done as counters, brought up to date when somebody scrapes them.
struct StateGauges: Sendable {
    private let users: Gauge
    private let leases: Gauge
    private let oldest: Gauge
    private let tasks: [(gauge: Gauge, count: any KeyPath<ShardCounts, Int> & Sendable)]
    private let clients: [(gauge: Gauge, state: ClientState)]
    private let store: [(counter: Following, total: any KeyPath<StoreFigures, Int64> & Sendable)]

    init(registry: PrometheusRegistry) {
        users = Gauge(label: "dmcheck_users", factory: registry)
        leases = Gauge(label: "dmcheck_leases_live", factory: registry)
        oldest = Gauge(label: "dmcheck_oldest_waiting_seconds", factory: registry)
        func task(_ state: String) -> Gauge {
            Gauge(label: "dmcheck_tasks", dimensions: [("state", state)], factory: registry)
        }
        tasks = [
            (task("unmarked"), \.unmarked), (task("pending"), \.pending), (task("bucketed"), \.bucketed),
            (task("leased"), \.leased), (task("done"), \.done), (task("failed"), \.failed),
        ]
        clients = ClientState.allCases.map {
            (Gauge(label: "dmcheck_clients", dimensions: [("state", $0.rawValue)], factory: registry), $0)
        }
        store = [
            (Following("dmcheck_store_statements_total", registry), \.statements),
            (Following("dmcheck_store_rows_total", registry), \.rows),
            (Following("dmcheck_store_bytes_written_total", registry), \.bytesWritten),
            (Following("dmcheck_store_fsyncs_total", registry), \.fsyncs),
        ]
    }

    func show(_ statistics: ClusterStatistics, _ figures: StoreFigures, at now: Timestamp) {
        users.record(statistics.totals.users)
        leases.record(statistics.totals.leasesLive)
        let waiting =
            statistics.totals.tasks.oldestWaiting.map { max(0, now.milliseconds - $0.milliseconds) / 1000 } ?? 0
        oldest.record(waiting)
        for task in tasks { task.gauge.record(statistics.totals.tasks[keyPath: task.count]) }
        for client in clients {
            client.gauge.record(statistics.totals.clients.first { $0.state == client.state }?.count ?? 0)
        }
        for figure in store { figure.counter.rise(to: figures[keyPath: figure.total]) }
    }

    /// A counter of what is counted elsewhere: it follows the total. Two scrapes at once may tell it in either order.
    ///
    /// One of the few locks: held for a comparison.
    private final class Following: Sendable {
        private let counter: Counter
        private let last = Mutex<Int64>(0)

        init(_ label: String, _ registry: PrometheusRegistry) { counter = Counter(label: label, factory: registry) }

        func rise(to total: Int64) {
            last.withLock { last in
                guard total > last else { return }
                counter.increment(by: total - last)
                last = total
            }
        }
    }
}
