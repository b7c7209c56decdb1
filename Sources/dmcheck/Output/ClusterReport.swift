import CheckClient
import Foundation

/// What people read about a cluster: who is alive, who leads, what moves, how far it is and what it waits for.
package struct ClusterReport: Sendable {
    private let cluster: Cluster
    private let members: [Cluster.Member]
    private let health: [String: String]

    /// A clock that is further from the others' is not led by (the Architecture article).
    private static let safeClockOffsetSeconds = 0.5

    package init(_ cluster: Cluster) {
        self.cluster = cluster
        members = cluster.members.sorted { Self.precedes($0.name, $1.name) }
        health = Dictionary(members.map { ($0.name, $0.health) }) { first, _ in first }
    }

    /// As people count: n2 before n10.
    private static func precedes(_ one: String, _ other: String) -> Bool {
        one.compare(other, options: .numeric) == .orderedAscending
    }

    /// A line for each node, then how the cluster is.
    package var nodes: String {
        var table = TextTable(
            "NAME", "STATE", "HEALTH", "LEADERS", "SHARDS", "ARRIVING", "LEAVING", "ZONE", "WEIGHT", "CLOCK", "HTTP",
            "PEER")
        let rows = members.map { member in
            [
                member.name, member.state, member.health, "\(member.leaders)", "\(member.shards)",
                "\(arriving(at: member.name))", "\(leaving(member.name))", member.zone.isEmpty ? "-" : member.zone,
                "\(member.weight)", member.clockOffsetSeconds.map { Wording.number($0) + " s" } ?? "-", member.http,
                member.peer,
            ]
        }
        return (table.lines(rows) + [""] + summary).joined(separator: "\n")
    }

    /// A line for each shard: its leader, its replicas and what is done about it, then how the cluster is.
    package var shards: String {
        var table = TextTable("SHARD", "LEADER", "TERM", "REPLICAS", "MOVE")
        let rows = cluster.shards.map { shard in
            [
                shard.id, shard.leader ?? "none", "\(shard.term)", replicas(of: shard), move(of: shard) ?? "-",
            ]
        }
        return (table.lines(rows) + [""] + summary).joined(separator: "\n")
    }

    /// How the cluster is, in sentences; what is wrong comes first.
    package var summary: [String] {
        var lines: [String] = []
        let orphans = cluster.shards.filter { $0.leader == nil }.map(\.id)
        if !cluster.healthy {
            lines.append(orphans.isEmpty ? "not healthy" : "not healthy: no leader for \(Wording.shards(orphans))")
        }
        for member in members where member.health != "alive" {
            lines.append("\(member.name) is \(member.health)" + (member.state == "lost" ? ", and replaced" : ""))
        }
        for member in members {
            if let offset = member.clockOffsetSeconds, abs(offset) > Self.safeClockOffsetSeconds {
                lines.append("\(member.name)'s clock is \(Wording.number(offset)) s off: it leads nothing")
            }
        }
        if cluster.underReplicated > 0 {
            lines.append("under-replicated: \(cluster.underReplicated) of \(cluster.shards.count) shards")
        }
        let moving = cluster.shards.compactMap { shard in move(of: shard).map { "shard \(shard.id) \($0)" } }
        if !moving.isEmpty {
            lines.append("moving: " + moving.prefix(Self.movesShown).joined(separator: "; "))
            if moving.count > Self.movesShown {
                lines[lines.count - 1] += "; and \(moving.count - Self.movesShown) more"
            }
        }
        lines.append(
            "\(cluster.healthy ? "healthy" : "not healthy"), \(cluster.balanced ? "balanced" : "not balanced")")
        return lines
    }

    /// As many as a person reads in one line; `shard list` has them all.
    private static let movesShown = 4

    /// What keeps a node from being given up: `nil` when nothing of it is left.
    package func holdings(of node: String) -> String? {
        guard let member = members.first(where: { $0.name == node }) else { return nil }
        guard member.shards > 0 || member.leaders > 0 else { return nil }
        let waiting = cluster.shards.filter { shard in
            shard.replicas.contains { $0.node == node } && shard.move?.stage == "waiting"
        }
        let why = waiting.first.flatMap { shard in move(of: shard).map { "; shard \(shard.id) \($0)" } } ?? ""
        return "\(node) still has \(member.shards) shards and leads \(member.leaders)\(why)"
    }

    /// What is done about a shard, in words; `nil` when nothing is.
    package func move(of shard: Cluster.Shard) -> String? {
        guard let move = shard.move else { return nil }
        guard move.stage != "waiting" else {
            let absent = absentees(of: shard)
            return "waits" + (absent.isEmpty ? "" : " for \(absent.joined(separator: " and "))")
        }
        let direction = move.to.map { "to \($0): " } ?? ""
        return direction + move.stage + (move.percent.map { " \($0) %" } ?? "")
    }

    /// The nodes that a shard has to do with and that are not alive.
    private func absentees(of shard: Cluster.Shard) -> [String] {
        var names: [String] = []
        for name in shard.replicas.map(\.node) + shard.target + [shard.move?.to].compactMap(\.self)
        where !names.contains(name) && health[name] != "alive" {
            names.append(name)
        }
        return names.map { "\($0) (\(health[$0] ?? "unknown"))" }
    }

    private func arriving(at node: String) -> Int { cluster.shards.count { $0.move?.to == node } }

    private func leaving(_ node: String) -> Int {
        cluster.shards.count { shard in
            shard.replicas.contains { $0.node == node } && !shard.target.isEmpty && !shard.target.contains(node)
        }
    }

    private func replicas(of shard: Cluster.Shard) -> String {
        shard.replicas.sorted { Self.precedes($0.node, $1.node) }.map(text).joined(separator: " ")
    }

    private func text(_ replica: Cluster.Replica) -> String {
        let absent = health[replica.node].map { $0 == "alive" ? "" : "(\($0))" } ?? "(unknown)"
        return "\(replica.node)\(absent):\(replica.role)@\(replica.applied)" + (replica.digest.map { "=\($0)" } ?? "")
    }
}

extension Wording {
    /// Shards by their ids, runs of them as one.
    package static func shards(_ ids: [String]) -> String {
        let numbers = ids.compactMap { Int($0) }.sorted()
        var runs: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = runs.last, last.upperBound + 1 == number {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        let texts = runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        return (numbers.count == 1 ? "shard " : "shards ") + texts.joined(separator: ", ")
    }
}
