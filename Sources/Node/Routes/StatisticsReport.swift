import Checks
import Coordinator
import Synchronization

/// What the node's stores have done since it started (N7).
package struct StoreFigures: Sendable {
    package var statements: Int64
    /// Rows written, changed and deleted.
    package var rows: Int64
    package var bytesWritten: Int64
    package var fsyncs: Int64
    /// Results that its shards have stored: what the other figures are shared out among.
    package var results: Int64

    package init(
        statements: Int64 = 0, rows: Int64 = 0, bytesWritten: Int64 = 0, fsyncs: Int64 = 0, results: Int64 = 0
    ) {
        self.results = results
        self.statements = statements
        self.rows = rows
        self.bytesWritten = bytesWritten
        self.fsyncs = fsyncs
    }
}

/// The answer of `GET /v1/stats`, and what the dashboard shows.
struct StatisticsReport: Sendable {
    var statistics: ClusterStatistics
    var rate: RateMeter.Rate
    var store: StoreFigures
    var now: Timestamp

    func write(to json: inout JSONWriter) {
        let totals = statistics.totals
        json.field("users", totals.users)
        json.object("tasksByState") { $0.tasks(totals.tasks) }
        json.object("clientsByState") {
            for count in totals.clients {
                $0.key(named: count.state.rawValue)
                $0.value(count.count)
            }
        }
        json.field("leasesLive", totals.leasesLive)
        json.field("grantsPerSecond", rate.grantsPerSecond)
        json.field("resultsPerSecond", rate.resultsPerSecond)
        json.field("databaseStatementsPerUser", perUser(store.statements))
        json.field("databaseBytesPerUser", perUser(store.bytesWritten))
        json.field("fsyncsPerUser", perUser(store.fsyncs))
        json.field(
            "oldestWaitingSeconds", JSONWriter.seconds(since: totals.tasks.oldestWaiting, now: now))
    }

    /// By each user whose result this node has stored since it started; 0 as long as there is none.
    func perUser(_ figure: Int64) -> Double {
        store.results == 0 ? 0 : Double(figure) / Double(store.results)
    }
}

/// Makes rates from totals that are asked for now and then.
///
/// One of the few locks: held for a comparison.
final class RateMeter: Sendable {
    struct Rate: Sendable {
        var grantsPerSecond = 0.0
        var resultsPerSecond = 0.0
    }

    private struct Sample {
        var grants: UInt64
        var results: UInt64
        var milliseconds: Int64
    }

    private struct State {
        var last: Sample?
        var rate = Rate()
    }

    /// Two samples closer than this give the rate before: several dashboards must not shorten each other's window.
    private static let window: Int64 = 1000
    private let state = Mutex(State())

    func rate(grants: UInt64, results: UInt64, at milliseconds: Int64) -> Rate {
        state.withLock { state in
            let sample = Sample(grants: grants, results: results, milliseconds: milliseconds)
            if let last = state.last {
                let elapsed = milliseconds - last.milliseconds
                guard elapsed >= Self.window else { return state.rate }
                state.rate.grantsPerSecond = Self.rate(last.grants, grants, elapsed)
                state.rate.resultsPerSecond = Self.rate(last.results, results, elapsed)
            }
            state.last = sample
            return state.rate
        }
    }

    private static func rate(_ before: UInt64, _ after: UInt64, _ milliseconds: Int64) -> Double {
        after > before ? Double(after - before) * 1000 / Double(milliseconds) : 0
    }
}
