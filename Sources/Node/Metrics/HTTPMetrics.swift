import HTTPTypes
import Metrics

/// Figures of the HTTP face by route: how often, with which status, and how long.
struct HTTPMetrics: Sendable {
    private struct Figures: Sendable {
        var time: Timer
        /// By the first digit of the status.
        var answers: [Counter]
    }

    private let byRoute: [Figures]
    private let unrouted: Figures

    init(routes: [Route], registry: PrometheusRegistry) {
        func figures(_ method: String, _ path: String) -> Figures {
            let dimensions = [("method", method), ("route", path)]
            return Figures(
                time: Timer(label: "dmcheck_http_request_seconds", dimensions: dimensions, factory: registry),
                answers: (1...5).map {
                    Counter(
                        label: "dmcheck_http_answers_total", dimensions: dimensions + [("status", "\($0)xx")],
                        factory: registry)
                })
        }
        byRoute = routes.map { figures($0.method.rawValue, $0.path.text) }
        unrouted = figures("any", "none")
    }

    /// - Parameter position: the route's, in the table.
    func answered(position: Int?, status: Int, after time: Duration) {
        let figures = position.map { byRoute[$0] } ?? unrouted
        figures.time.recordNanoseconds(
            time.components.seconds * 1_000_000_000 + time.components.attoseconds / 1_000_000_000)
        if (100..<600).contains(status) { figures.answers[status / 100 - 1].increment() }
    }
}
