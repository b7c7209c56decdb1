import Checks
import Coordinator
import Metrics

/// The state of the whole cluster as gauges, brought up to date when somebody scrapes them.
struct StateGauges: Sendable {
    private let users: Gauge
    private let leases: Gauge
    private let oldest: Gauge
    private let tasks: [(gauge: Gauge, count: any KeyPath<ShardCounts, Int> & Sendable)]
    private let clients: [(gauge: Gauge, state: ClientState)]
    private let store: [(gauge: Gauge, value: any KeyPath<StoreFigures, Int64> & Sendable)]

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
            (Gauge(label: "dmcheck_store_statements", factory: registry), \.statements),
            (Gauge(label: "dmcheck_store_bytes_written", factory: registry), \.bytesWritten),
            (Gauge(label: "dmcheck_store_fsyncs", factory: registry), \.fsyncs),
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
        for figure in store { figure.gauge.record(figures[keyPath: figure.value]) }
    }
}
