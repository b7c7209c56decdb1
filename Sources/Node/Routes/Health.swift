import Coordinator
import HTTPTypes

/// Whether the node runs and serves, and what it measures.
extension Endpoints {
    var health: [Route] {
        [
            Route(
                .get, "/healthz", "The process runs", access: .anyone, replies: [.json(200, "It does", .health)]
            ) { _ in
                .json { $0.field("status", "ok") }
            },
            Route(
                .get, "/readyz", "The node can serve", access: .anyone, replies: [.json(200, "It can", .readiness)],
                problems: [.unavailable]
            ) { _ in
                let response = try await perform(.readiness)
                guard case .readiness(let reasons) = response else { throw UnexpectedResponse(response: response) }
                guard reasons.isEmpty else {
                    var problem = Problem.unavailable(
                        reasons.joined(separator: "; "), retryAfterSeconds: 1, outcome: .notApplied)
                    problem.reasons = reasons
                    throw problem
                }
                return .json {
                    $0.field("status", "ready")
                    $0.strings("reasons", [])
                }
            },
            Route(
                .get, "/metrics", "Prometheus text", access: .operatorUnlessLoopback,
                replies: [.text("text/plain", "All metrics")], problems: [.unauthenticated, .forbidden]
            ) { call in
                if let caller = call.caller == .nobody ? environment.ownCaller : call.caller {
                    await bringUpToDate(for: caller)
                }
                return .text(200, PrometheusRegistry.contentType, environment.metrics.exposition())
            },
            Route(
                .get, "/", "The dashboard", access: .operatorUnlessLoopback, replies: [.text("text/html", "A page")],
                problems: [.unauthenticated, .forbidden], perform: dashboard),
        ]
    }
    /// A scrape is answered also when a shard is not: with what was known last.
    private func bringUpToDate(for caller: Caller) async {
        async let statistics = try? perform(.statistics(caller))
        async let cluster = try? perform(.cluster(caller, digest: false))
        if case .statistics(let statistics)? = await statistics {
            gauges.show(statistics, environment.store(), at: environment.now())
        }
        let view = await cluster
        guard let figures = environment.figures() else { return }
        clusterGauges.show(figures)
        if case .cluster(let view)? = view { clusterGauges.show(view, by: figures.node) }
    }
}
