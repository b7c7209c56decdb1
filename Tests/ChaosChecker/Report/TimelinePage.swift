/// The run on one self-contained page: faults as bands over the latencies of the calls, and what failed.
package struct TimelinePage {
    package let html: String

    private static let width = 1200.0
    private static let height = 260.0
    /// From 1 ms to 30 s, on a logarithmic scale.
    private static let slowest = 30.0
    private static let fastest = 0.001
    /// More points than this only hide each other.
    private static let shownPoints = 6000

    package init(_ history: History, _ violations: [Violation], log: [String]) {
        let start = history.calls.map(\.start).min() ?? 0
        let end = max(history.calls.map(\.end).max() ?? 1, start + 1)
        let x = { (time: Double) in (time - start) / (end - start) * Self.width }
        var body = "<h1>Chaos run, seed \(history.seed)</h1><pre>"
        body += Figures(history, violations).lines.map(Self.escaped).joined(separator: "\n") + "</pre>"
        body += "<svg viewBox='0 0 \(Self.width) \(Self.height + 90)' width='100%'>"
        for fault in history.faults {
            let width = max(x(fault.end) - x(fault.start), 2)
            body +=
                "<rect x='\(x(fault.start))' y='0' width='\(width)' height='\(Self.height + 70)' class='fault'>"
                + "<title>\(fault.number) \(Self.escaped(fault.text))</title></rect>"
                + "<text x='\(x(fault.start) + 2)' y='10'>\(fault.number) \(fault.kind)</text>"
        }
        for seconds in [0.001, 0.01, 0.1, 1, 10] {
            body += "<text x='0' y='\(Self.y(seconds))'>\(seconds) s</text>"
        }
        body += Self.points(history.calls, x: x) + Self.failures(history.calls, from: start, to: end, x: x)
        body +=
            "</svg><p>Each point is a call, by its start and how long it took: <b class='done'>done</b>, <b class='refused'>"
        body +=
            "refused</b>, <b class='notApplied'>not applied</b>, <b class='unknown'>unknown</b>. Below: calls without an effect "
        body += "or an answer, each second.</p>"
        body +=
            Self.table(history.recoveries) + "<h2>Log</h2><pre>" + log.map(Self.escaped).joined(separator: "\n")
            + "</pre>"
        html =
            "<!doctype html><meta charset='utf-8'><title>Chaos \(history.seed)</title><style>\(Self.style)</style>\(body)\n"
    }

    private static func y(_ seconds: Double) -> Double {
        let clamped = min(max(seconds, fastest), slowest)
        return height - logarithm(clamped / fastest) / logarithm(slowest / fastest) * (height - 20)
    }

    private static func points(_ calls: [Call], x: (Double) -> Double) -> String {
        // What failed is rare, and what one looks for: all of it is shown.
        let step = max(1, calls.count / shownPoints)
        return calls.enumerated().filter { $0.offset % step == 0 || $0.element.outcome != .done }.map { _, call in
            "<circle cx='\(tenths(x(call.start)))' cy='\(tenths(y(call.end - call.start)))' r='1.5' "
                + "class='\(call.outcome.rawValue)'/>"
        }.joined()
    }

    private static func failures(_ calls: [Call], from start: Double, to end: Double, x: (Double) -> Double) -> String {
        let failed = calls.filter { $0.outcome == .notApplied || $0.outcome == .unknown }
        let seconds = Dictionary(grouping: failed) { Int($0.end - start) }.mapValues(\.count)
        let most = Double(seconds.values.max() ?? 1)
        return seconds.sorted { $0.key < $1.key }.map { second, count in
            let bar = Double(count) / most * 60
            return
                "<rect x='\(x(start + Double(second)))' y='\(height + 70 - bar)' width='\(max(width / (end - start), 1))' "
                + "height='\(bar)' class='unknown'><title>\(count) in second \(second)</title></rect>"
        }.joined()
    }

    private static func table(_ recoveries: [Recovery]) -> String {
        let shown = { (outage: Outage?) in outage.map { "\(tenths($0.seconds)) s \($0.of)" } ?? "-" }
        let rows = recoveries.map { recovery in
            "<tr><td>\(recovery.fault.number)<td>\(stamp(recovery.fault.start))<td>\(escaped(recovery.fault.text))"
                + "<td>\(escaped(recovery.fault.ending))<td>\(escaped(recovery.summary))"
                + "<td>\(recovery.firstWrite.map { "\(tenths($0)) s" } ?? "never")<td>\(escaped(shown(recovery.nodeOutage)))"
                + "<td>\(escaped(shown(recovery.shardOutage)))"
                + "<td>\(recovery.lastFailure.map { "\(tenths($0)) s" } ?? "-")"
        }
        return
            "<table><tr><th>#<th>at<th>fault<th>ending<th>what clients saw<th>first write<th>node silent<th>shard silent"
            + "<th>last failure</tr>\(rows.joined())</table>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("'", with: "&#39;")
    }

    private static let style = """
        body{font:14px system-ui;margin:2em;max-width:1240px}svg text{font:9px system-ui;fill:#555}
        .fault{fill:#f5c26b;opacity:.35}circle{opacity:.5}.done{fill:#2a7;color:#2a7}.refused{fill:#68c;color:#68c}
        .notApplied{fill:#e80;color:#e80}.unknown{fill:#d22;color:#d22}td,th{text-align:left;vertical-align:top;padding:2px 8px}
        """
}
