import Checks
import Coordinator
import HTTPTypes

/// `GET /`: one page for people, made whole by the node, without script and without anything from elsewhere; the
/// browser loads it again every few seconds.
extension Endpoints {
    @Sendable
    func dashboard(_ call: Call) async throws -> Answer {
        let caller = call.caller == .nobody ? environment.ownCaller : call.caller
        let content: String
        if let caller {
            content = try await DashboardPage(
                statistics: statistics(caller), counts: counts(caller), cluster: view(caller), now: environment.now()
            ).html
        } else {
            let response = try await perform(.readiness)
            guard case .readiness(let reasons) = response else { throw UnexpectedResponse(response: response) }
            content = DashboardPage.withoutToken(reasons)
        }
        return .text(200, "text/html; charset=utf-8", Array(DashboardStyle.page(content).utf8))
            .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
            .with("X-Content-Type-Options", "nosniff")
    }

    private func counts(_ caller: Caller) async throws -> ShardCounts {
        let response = try await perform(.counts(caller, .dmcheck))
        guard case .counts(let counts) = response else { throw UnexpectedResponse(response: response) }
        return counts
    }

    private func view(_ caller: Caller) async throws -> ClusterView {
        let response = try await perform(.cluster(caller, digest: false))
        guard case .cluster(let view) = response else { throw UnexpectedResponse(response: response) }
        return view
    }
}

/// What the page shows.
struct DashboardPage {
    var statistics: StatisticsReport
    var counts: ShardCounts
    var cluster: ClusterView
    var now: Timestamp

    var html: String {
        let waiting = JSONWriter.seconds(since: counts.oldestWaiting, now: now)
        let marked = counts.pending + counts.bucketed + counts.leased + counts.done + counts.failed
        let share = marked == 0 ? 0 : Double(counts.done + counts.failed) / Double(marked)
        return """
            <header><h1>dmcheck</h1><span class="pill \(cluster.healthy ? "good" : "bad")">\
            \(cluster.healthy ? "healthy" : "not healthy")</span>\
            <span class="pill \(cluster.balanced ? "good" : "")">\(cluster.balanced ? "balanced" : "rebalancing")</span>\
            <time>\(now.text)</time></header>
            <section class="progress"><div class="bar"><i style="width:\(Self.percent(share))"></i></div>
            <p>\(Self.percent(share)) of \(marked) marked users checked</p></section>
            <section class="tiles">
            \(tile("users", statistics.statistics.totals.users))\(tile("unmarked", counts.unmarked))\
            \(tile("pending", counts.pending))\(tile("bucketed", counts.bucketed))\(tile("leased", counts.leased))\
            \(tile("done", counts.done))\(tile("failed", counts.failed))\
            \(tile("leases", statistics.statistics.totals.leasesLive))\
            \(tile("results/s", statistics.rate.resultsPerSecond))\(tile("grants/s", statistics.rate.grantsPerSecond))\
            \(tile("oldest wait, s", waiting))
            </section>
            <section><h2>Verdicts</h2>\(verdicts)</section>
            <section><h2>Clients</h2>\(clients)</section>
            <section><h2>Nodes</h2>\(nodes)</section>
            <section><h2>Shards</h2>\(shards)</section>
            """
    }

    static func withoutToken(_ reasons: [String]) -> String {
        let state = reasons.isEmpty ? "ready" : "not ready"
        let list = reasons.map { "<li>\(escaped($0))</li>" }.joined()
        return """
            <header><h1>dmcheck</h1><span class="pill \(reasons.isEmpty ? "good" : "bad")">\(state)</span></header>
            <ul>\(list)</ul><p>Figures are shown to operators: open this page on the founding node, or send its token.</p>
            """
    }

    private var verdicts: String {
        let total = max(1, counts.byVerdict.reduce(0) { $0 + $1.count })
        return table(
            ["verdict", "users", "share"],
            counts.byVerdict.map { [$0.verdict.name, "\($0.count)", Self.percent(Double($0.count) / Double(total))] })
    }

    private var clients: String {
        table(["state", "clients"], statistics.statistics.totals.clients.map { [$0.state.rawValue, "\($0.count)"] })
    }

    private var nodes: String {
        table(
            ["name", "state", "health", "address", "shards", "leads"],
            cluster.members.map {
                [$0.name, $0.state.rawValue, $0.health.rawValue, $0.http, "\($0.shards)", "\($0.leaders)"]
            })
    }

    private var shards: String {
        let names = Dictionary(cluster.members.map { ($0.id, $0.name) }) { first, _ in first }
        return table(
            ["shard", "leader", "term", "replicas"],
            cluster.shards.map { shard in
                [
                    "\(shard.id)", shard.leader.flatMap { names[$0] } ?? "none", "\(shard.term)",
                    shard.replicas.map { names[$0.node] ?? "?" }.joined(separator: ", "),
                ]
            })
    }

    private func tile(_ label: String, _ number: Int) -> String {
        "<div><b>\(number)</b><span>\(label)</span></div>"
    }

    private func tile(_ label: String, _ number: Double) -> String {
        tile(label, Int(number.rounded()))
    }

    private func table(_ head: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "<p class=\"none\">none yet</p>" }
        let heads = head.map { "<th>\($0)</th>" }.joined()
        let body = rows.map { row in "<tr>" + row.map { "<td>\(Self.escaped($0))</td>" }.joined() + "</tr>" }.joined()
        return "<table><thead><tr>\(heads)</tr></thead><tbody>\(body)</tbody></table>"
    }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded(.down))
        return "\(tenths / 10).\(tenths % 10)%"
    }

    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { html, character in
            switch character {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            default: html.append(character)
            }
        }
    }
}
