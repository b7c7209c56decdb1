import Checks
import Coordinator

extension DashboardPage.Work {
    var html: String {
        """
        <section>\(progress)</section>
        <section class="tiles">\(figures)</section>
        <div class="columns">
        <section><h2>Verdicts</h2>\(verdicts)</section>
        <section><h2>Clients</h2>\(clients)</section>
        </div>
        """
    }

    private var marked: Int { counts.pending + counts.bucketed + counts.leased + counts.done + counts.failed }

    /// One bar of all marked users, from done to waiting, with its legend.
    var progress: String {
        let parts = [
            ("done", counts.done), ("failed", counts.failed), ("leased", counts.leased), ("bucketed", counts.bucketed),
            ("pending", counts.pending),
        ]
        let bar = parts.map { name, count in
            "<i class=\"\(name)\" style=\"width:\(HTML.percent(count, of: marked))\"></i>"
        }
        let legend = parts.map { name, count in
            "<li><i class=\"\(name)\"></i>\(name) <b>\(HTML.number(count))</b></li>"
        }
        let checked = counts.done + counts.failed
        return """
            <p class="share"><b>\(HTML.percent(checked, of: marked))</b> of \(HTML.number(marked)) marked users checked\(timeLeft)</p>
            <div class="bar">\(bar.joined())</div><ul class="legend">\(legend.joined())</ul>
            """
    }

    /// What is left at the present rate; nothing where there is none.
    private var timeLeft: String {
        let left = counts.pending + counts.bucketed + counts.leased
        let rate = statistics.rate.resultsPerSecond
        guard left > 0, rate > 0 else { return "" }
        return ", about \(HTML.duration(Double(left) / rate)) to go at this rate"
    }

    var figures: String {
        let totals = statistics.statistics.totals
        let waiting = JSONWriter.seconds(since: counts.oldestWaiting, now: now)
        return [
            ("results a second", HTML.rate(statistics.rate.resultsPerSecond)),
            ("leases a second", HTML.rate(statistics.rate.grantsPerSecond)),
            ("leases live", HTML.number(totals.leasesLive)),
            ("oldest waiting", waiting == 0 ? "none" : HTML.duration(waiting)),
            ("users", HTML.number(totals.users)), ("unmarked", HTML.number(counts.unmarked)),
            ("statements a user", HTML.figure(statistics.perUser(statistics.store.statements))),
            ("rows a user", HTML.figure(statistics.perUser(statistics.store.rows))),
            ("bytes written a user", HTML.figure(statistics.perUser(statistics.store.bytesWritten))),
            ("fsyncs a user", HTML.figure(statistics.perUser(statistics.store.fsyncs))),
        ].map { "<div><b>\($1)</b><span>\($0)</span></div>" }.joined()
    }

    var verdicts: String {
        let total = counts.byVerdict.reduce(0) { $0 + $1.count }
        return HTML.shares(counts.byVerdict.map { ($0.verdict.name, $0.count, "done") }, of: total)
    }

    var clients: String {
        let states = statistics.statistics.totals.clients
        let total = states.reduce(0) { $0 + $1.count }
        return total == 0
            ? HTML.none : HTML.shares(states.map { ($0.state.rawValue, $0.count, Self.colour($0.state)) }, of: total)
    }

    private static func colour(_ state: ClientState) -> String {
        switch state {
        case .active: "done"
        case .unregistered: "pending"
        case .throttled: "leased"
        case .quarantined: "failed"
        }
    }
}
