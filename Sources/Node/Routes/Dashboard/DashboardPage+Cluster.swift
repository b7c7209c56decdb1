import Coordinator
import Foundation
import HashRing

/// Where the work lies: nodes as a table, shards as a field of cells, because there may be a thousand.
extension DashboardPage {
    var nodes: String {
        let heads = ["name", "state", "health", "shards", "leads", "arriving", "leaving", "clock", "zone", "address"]
            .map { "<th>\($0)</th>" }.joined()
        let members = cluster.members.sorted { $0.name.compare($1.name, options: .numeric) == .orderedAscending }
        return """
            <div class="wide"><table><thead><tr>\(heads)</tr></thead>\
            <tbody>\(members.map { "<tr>\(row($0))</tr>" }.joined())</tbody></table></div>
            """
    }

    private func row(_ member: ClusterView.Member) -> String {
        let arriving = cluster.shards.count { $0.move?.to == member.id }
        let leaving = cluster.shards.count { shard in
            shard.replicas.contains { $0.node == member.id } && !shard.target.contains(member.id)
        }
        let state = member.state.rawValue
        return [
            HTML.escaped(member.name), member.state == .active ? state : HTML.pill(state, "busy"),
            HTML.pill(member.health.rawValue, Self.colour(member.health)), HTML.number(member.shards),
            HTML.number(member.leaders), HTML.number(arriving), HTML.number(leaving), Self.clock(member),
            member.zone.isEmpty ? "–" : HTML.escaped(member.zone), HTML.escaped(member.http),
        ].map { "<td>\($0)</td>" }.joined()
    }

    private static func colour(_ health: ClusterView.Health) -> String {
        switch health {
        case .alive: "good"
        case .suspect: "busy"
        case .dead: "bad"
        }
    }

    /// How far a clock is off; nobody knows of one that does not answer.
    private static func clock(_ member: ClusterView.Member) -> String {
        guard member.health != .dead else { return "–" }
        let text = "\(member.clockOffsetMilliseconds) ms"
        return abs(member.clockOffsetMilliseconds) > tolerableOffset ? HTML.pill(text, "bad") : text
    }

    /// Beyond it a node leads nothing, in milliseconds (the Architecture article).
    private static let tolerableOffset = 500

    /// A cell each, with its leader; the rest is told when it is pointed at. Then what moves, in words.
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
            <div class="cells">\(cells.joined())</div><ul class="legend">\(legend.joined())</ul>\(moves(name))
            """
    }

    private func moves(_ name: (NodeID) -> String) -> String {
        let moves = cluster.shards.compactMap { shard in shard.move.map { (shard.id, $0) } }
        guard !moves.isEmpty else { return "" }
        let lines = moves.prefix(Self.movesShown).map { shard, move in
            "<li>\(shard) <b>\(move.stage.rawValue)</b>\(move.to.map { " to \(name($0))" } ?? "")"
                + "\(move.percent.map { ", \($0) %" } ?? "")</li>"
        }
        let more = moves.count > lines.count ? "<li>and \(moves.count - lines.count) more</li>" : ""
        return "<ul class=\"legend\">\(lines.joined())\(more)</ul>"
    }

    /// As many as stand in a few lines.
    private static let movesShown = 24

    private static func colour(_ shard: ClusterView.Shard) -> String {
        guard shard.leader != nil else { return "bad" }
        return shard.move == nil ? "good" : "busy"
    }
}
