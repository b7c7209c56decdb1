import Metrics
import Synchronization

/// Counters that a test can wait for.
final class CountingMetrics: MetricsFactory {
    private struct State {
        var counts: [String: Int64] = [:]
        var waiting: [(name: String, count: Int64, CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// A counter's value by its label and, in braces, the value of its dimension; 0 when it never counted.
    func count(_ name: String) -> Int64 { state.withLock { $0.counts[name] ?? 0 } }

    /// Returns once the counter has come so far.
    func wait(for name: String, count: Int64 = 1) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    if state.counts[name] ?? 0 >= count || Task.isCancelled { return true }
                    state.waiting.append((name, count, continuation))
                    return false
                }
                if isThere { continuation.resume() }
            }
        } onCancel: {
            // The test's time is over: nobody waits any more.
            let waiting = state.withLock { state in
                defer { state.waiting = [] }
                return state.waiting
            }
            for (_, _, continuation) in waiting { continuation.resume() }
        }
    }

    fileprivate func add(_ amount: Int64, to name: String) {
        let ready = state.withLock { state in
            state.counts[name, default: 0] += amount
            let count = state.counts[name] ?? 0
            let ready = state.waiting.filter { $0.name == name && $0.count <= count }
            state.waiting.removeAll { $0.name == name && $0.count <= count }
            return ready.map(\.2)
        }
        for continuation in ready { continuation.resume() }
    }

    private final class Tally: CounterHandler, MeterHandler, RecorderHandler, TimerHandler {
        let name: String
        let metrics: CountingMetrics

        init(_ label: String, _ dimensions: [(String, String)], _ metrics: CountingMetrics) {
            name = dimensions.first.map { "\(label){\($0.1)}" } ?? label
            self.metrics = metrics
        }

        func increment(by amount: Int64) { metrics.add(amount, to: name) }
        func reset() {}
        func set(_ value: Int64) {}
        func set(_ value: Double) {}
        func increment(by amount: Double) {}
        func decrement(by amount: Double) {}
        func record(_ value: Int64) {}
        func record(_ value: Double) {}
        func recordNanoseconds(_ duration: Int64) {}
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        Tally(label, dimensions, self)
    }
    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler { Tally(label, dimensions, self) }
    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        Tally(label, dimensions, self)
    }
    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { Tally(label, dimensions, self) }
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}
}
