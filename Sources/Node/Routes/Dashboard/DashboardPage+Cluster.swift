import Coordinator
import HashRing

/// Where the work lies: nodes as a table, shards as a field of cells, because there may be a thousand.
extension DashboardPage {
    var nodes: String {
        let heads = ["name", "state", "health", "address", "zone", "shards", "leads"].map { "<th>\($0)</th>" }.joined()
        let rows = cluster.members.map { member in
            [
                HTML.escaped(member.name), member.state.rawValue,
                HTML.pill(member.health.rawValue, Self.colour(member.health)), HTML.escaped(member.http),
                member.zone.isEmpty ? "–" : HTML.escaped(member.zone), HTML.number(member.shards),
                HTML.number(member.leaders),
            ].map { "<td>\($0)</td>" }.joined()
        }
        return """
            <div class="wide"><table><thead><tr>\(heads)</tr></thead>\
            <tbody>\(rows.map { "<tr>\($0)</tr>" }.joined())</tbody></table></div>
            """
    }

    private static func colour(_ health: ClusterView.Health) -> String {
        switch health {
        case .alive: "good"
        case .suspect: "busy"
        case .dead: "bad"
        }
    }

    /// A cell each, with its leader; the rest is told when it is pointed at.
    var shards: String {
        let names = Dictionary(cluster.members.map { ($0.id, $0.name) }) { first, _ in first }
        func name(_ node: NodeID) -> String { HTML.escaped(names[node] ?? "?") }
        let cells = cluster.shards.map { shard in
            let replicas = shard.replicas.map { "\(name($0.node)) \($0.role.rawValue), applied \($0.applied)" }
            return """
                <div class="\(Self.colour(shard))" title="term \(shard.term); \(replicas.joined(separator: "; "))">\
                <b>\(shard.id)</b><span>\(shard.leader.map(name) ?? "no leader")</span></div>
                """
        }
        let legend = [("good", "in place"), ("busy", "moving"), ("bad", "no leader")].map { colour, meaning in
            "<li><i class=\"\(colour)\"></i>\(meaning) <b>\(cluster.shards.count { Self.colour($0) == colour })</b></li>"
        }
        return """
            <div class="cells">\(cells.joined())</div><ul class="legend">\(legend.joined())</ul>
            """
    }

    private static func colour(_ shard: ClusterView.Shard) -> String {
        guard shard.leader != nil else { return "bad" }
        return Set(shard.replicas.map(\.node)) == Set(shard.target) ? "good" : "busy"
    }
}
