import Metrics
import Node
import Testing

@Suite("Metrics are written in the Prometheus text format")
struct PrometheusTests {
    @Test("counters, gauges and histograms, sorted, with escaped labels")
    func exposition() {
        let registry = PrometheusRegistry()
        Counter(label: "b.requests", dimensions: [("path", "/a\"\\\n"), ("code", "2xx")], factory: registry).increment(
            by: 3)
        Gauge(label: "a_gauge", factory: registry).record(1.5)
        let timer = Timer(label: "c_seconds", factory: registry)
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(90_000_000_000)
        let text = String(decoding: registry.exposition(), as: UTF8.self)
        #expect(text.hasPrefix("# TYPE a_gauge gauge\na_gauge 1.5\n# TYPE b_requests counter\n"))
        #expect(text.contains(#"b_requests{code="2xx",path="/a\"\\\n"} 3"# + "\n"))
        #expect(text.contains("c_seconds_bucket{le=\"0.001\"} 0\nc_seconds_bucket{le=\"0.0025\"} 1\n"))
        #expect(text.contains("c_seconds_bucket{le=\"+Inf\"} 2\nc_seconds_sum 90.002\nc_seconds_count 2\n"))
        #expect(text.hasSuffix("\n"))
    }

    @Test("the same label and dimensions are the same series")
    func identity() {
        let registry = PrometheusRegistry()
        for _ in 0..<5 { Counter(label: "x", dimensions: [("b", "1"), ("a", "2")], factory: registry).increment() }
        Counter(label: "x", dimensions: [("a", "2"), ("b", "1")], factory: registry).increment()
        #expect(String(decoding: registry.exposition(), as: UTF8.self).contains("x{a=\"2\",b=\"1\"} 6\n"))
    }

    @Test("the number of series is bounded, and what was dropped is counted")
    func bounded() {
        let registry = PrometheusRegistry()
        for number in 0..<5000 {
            Counter(label: "flood", dimensions: [("id", "\(number)")], factory: registry).increment()
        }
        let text = String(decoding: registry.exposition(), as: UTF8.self)
        #expect(text.split(separator: "\n").count { $0.hasPrefix("flood{") } == PrometheusRegistry.seriesLimit)
        #expect(text.contains("dmcheck_metrics_series_dropped_total 904\n"))
    }
}
