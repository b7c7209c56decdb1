import Metrics
import Synchronization

/// Keeps every metric of the process and writes them in the Prometheus text format: the backend of swift-metrics.
///
/// A series is a label with its dimensions. Their number is bounded: beyond the limit a new series goes uncounted and
/// `dmcheck_metrics_series_dropped_total` says so, since a dimension that takes its values from the outside would
/// otherwise grow without end.
package final class PrometheusRegistry: MetricsFactory {
    /// A node has a few hundred series; with histograms some thousand lines.
    package static let seriesLimit = 4096

    enum Kind: String {
        case counter, gauge, histogram
    }

    struct Family {
        var kind: Kind
        var series: [String: any PrometheusSeries] = [:]
    }

    private struct State {
        var families: [String: Family] = [:]
        var count = 0
        var dropped: Int64 = 0
    }

    /// One of the few locks: held to find or make a series, and to list them; not to count.
    private let state = Mutex(State())

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, .counter) { CounterSeries() }
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, dimensions, .counter) { FloatingCounterSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, .gauge) { GaugeSeries() }
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate {
            series(label, dimensions, .histogram) { HistogramSeries(HistogramBuckets.sizes) }
        } else {
            series(label, dimensions, .gauge) { GaugeSeries() }
        }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, .histogram) { HistogramSeries(HistogramBuckets.seconds) }
    }

    // Series live as long as the process: a counter that vanished and came back would look like a restart.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    private func series<Made: PrometheusSeries>(
        _ label: String, _ dimensions: [(String, String)], _ kind: Kind, make: () -> Made
    ) -> Made {
        let name = PrometheusText.name(label)
        let labels = PrometheusText.labels(dimensions)
        return state.withLock { state in
            var family = state.families[name] ?? Family(kind: kind)
            if let known = family.series[labels] as? Made { return known }
            let made = make()
            guard state.count < Self.seriesLimit, family.kind == kind, family.series[labels] == nil else {
                state.dropped += 1
                return made
            }
            family.series[labels] = made
            state.families[name] = family
            state.count += 1
            return made
        }
    }

    /// Everything, in the text format 0.0.4, sorted by name and labels.
    package func exposition() -> [UInt8] {
        let (families, dropped) = state.withLock { ($0.families, $0.dropped) }
        var text = PrometheusText()
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text.type(name, family.kind.rawValue)
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                series.write(name: name, labels: labels, to: &text)
            }
        }
        text.type("dmcheck_metrics_series_dropped_total", "counter")
        text.sample("dmcheck_metrics_series_dropped_total", labels: "", Double(dropped))
        return text.bytes
    }

    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"
}
