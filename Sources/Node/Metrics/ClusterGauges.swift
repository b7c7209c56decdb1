import Coordinator
import Metrics

/// Members and shards as gauges, as the node that is scraped sees them: without a majority too, for that is when they matter.
struct ClusterGauges: Sendable {
    private let withoutLeader: Gauge
    private let underReplicated: Gauge
    private let moving: [(gauge: Gauge, stage: ClusterView.Move.Stage)]
    private let members: [(gauge: Gauge, health: ClusterView.Health)]
    private let led: Gauge
    private let clockOffset: Gauge
    private let registry: PrometheusRegistry

    init(registry: PrometheusRegistry) {
        self.registry = registry
        func gauge(_ label: String, _ dimensions: [(String, String)] = []) -> Gauge {
            Gauge(label: label, dimensions: dimensions, factory: registry)
        }
        withoutLeader = gauge("dmcheck_shards_without_leader")
        underReplicated = gauge("dmcheck_underreplicated_shards")
        led = gauge("dmcheck_shards_led")
        clockOffset = gauge("dmcheck_clock_offset_seconds")
        let stages: [ClusterView.Move.Stage] = [.adding, .copying, .joint, .leading, .removing, .waiting]
        moving = stages.map { (gauge("dmcheck_shards_moving", [("stage", $0.rawValue)]), $0) }
        let healths: [ClusterView.Health] = [.alive, .suspect, .dead]
        members = healths.map { (gauge("dmcheck_members", [("health", $0.rawValue)]), $0) }
    }

    /// - Parameter node: the id of the node that is scraped.
    func show(_ cluster: ClusterView, by node: String) {
        withoutLeader.record(cluster.shards.count { $0.leader == nil })
        underReplicated.record(cluster.underReplicated)
        for (gauge, stage) in moving { gauge.record(cluster.shards.count { $0.move?.stage == stage }) }
        for (gauge, health) in members { gauge.record(cluster.members.count { $0.health == health }) }
        guard let own = cluster.members.first(where: { "\($0.id)" == node }) else { return }
        led.record(own.leaders)
        clockOffset.record(Double(own.clockOffsetMilliseconds) / 1000)
    }

    /// What is not known is left out: a zero would be an alarm.
    func show(_ figures: NodeFigures) {
        func record(_ value: Double?, _ label: String, _ dimensions: [(String, String)] = []) {
            guard let value else { return }
            Gauge(label: label, dimensions: dimensions, factory: registry).record(value)
        }
        let expiry = "dmcheck_certificate_expiry_timestamp_seconds"
        record(figures.clientsCertificateEnds, expiry, [("shown_to", "clients")])
        record(figures.peersCertificateEnds, expiry, [("shown_to", "peers")])
        record(figures.disk?.free, "dmcheck_data_free_bytes")
        record(figures.disk?.size, "dmcheck_data_size_bytes")
    }
}
