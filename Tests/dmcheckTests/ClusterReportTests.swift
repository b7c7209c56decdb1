import CheckClient
import Testing
import dmcheck

@Suite("What people read about a cluster")
struct ClusterReportTests {
    private func member(
        _ name: String, state: String = "active", health: String = "alive", shards: Int = 2, clock: Double = 0.001
    ) -> String {
        """
        {"name":"\(name)","id":"\(name)","http":"127.0.0.1:1","peer":"127.0.0.1:2","state":"\(state)",\
        "health":"\(health)","zone":"","weight":1,"shards":\(shards),"leaders":1,"clockOffsetSeconds":\(clock)}
        """
    }

    private func shard(
        _ id: Int, leader: String?, on nodes: [String], target: [String]? = nil, move: String? = nil
    ) -> String {
        let replicas = nodes.map { #"{"node":"\#($0)","role":"voter","applied":7}"# }.joined(separator: ",")
        let target = (target ?? nodes).map { "\"\($0)\"" }.joined(separator: ",")
        return """
            {"id":"\(id)","leader":\(leader.map { "\"\($0)\"" } ?? "null"),"term":3,"replicas":[\(replicas)],\
            "target":[\(target)]\(move.map { ",\"move\":\($0)" } ?? "")}
            """
    }

    private func cluster(
        _ members: [String], _ shards: [String], balanced: Bool = true, healthy: Bool = true, under: Int = 0
    ) throws -> Cluster {
        let text = """
            {"id":"c","version":4,"stateVersion":1,"members":[\(members.joined(separator: ","))],\
            "shards":[\(shards.joined(separator: ","))],"ring":{"version":3},"balanced":\(balanced),\
            "healthy":\(healthy),"underReplicated":\(under)}
            """
        return try JSONCoding.decode(Cluster.self, from: Array(text.utf8))
    }

    @Test("a cluster that is well is said to be in a line")
    func well() throws {
        let cluster = try cluster([member("n1"), member("n2")], [shard(1, leader: "n1", on: ["n1", "n2"])])
        let report = ClusterReport(cluster)
        #expect(report.summary == ["healthy, balanced"])
        let lines = report.nodes.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0].hasPrefix("NAME  STATE   HEALTH  LEADERS  SHARDS  ARRIVING  LEAVING"))
        #expect(lines[1].hasPrefix("n1    active  alive   1        2       0         0"))
        #expect(lines.last == "healthy, balanced")
        #expect(report.shards.contains("n1:voter@7 n2:voter@7  -"))
    }

    @Test("a shard that moves says where to, what it is at and how far")
    func moves() throws {
        let copying = #"{"to":"n3","stage":"copying","percent":37}"#
        let cluster = try cluster(
            [member("n1", state: "draining"), member("n2"), member("n3", shards: 0)],
            [shard(5, leader: "n1", on: ["n1", "n2"], target: ["n2", "n3"], move: copying)], balanced: false)
        let report = ClusterReport(cluster)
        #expect(report.summary == ["moving: shard 5 to n3: copying 37 %", "healthy, not balanced"])
        let rows = report.nodes.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(rows[1][6] == "1", "n1 has a shard that it is to give up")
        #expect(rows[3][5] == "1", "n3 is given one")
        #expect(report.shards.contains("to n3: copying 37 %"))
    }

    @Test("a shard that waits says for whom")
    func waits() throws {
        let cluster = try cluster(
            [member("n1"), member("n2", health: "dead"), member("n3")],
            [shard(1, leader: nil, on: ["n1", "n2"], move: #"{"stage":"waiting"}"#)], balanced: false, healthy: false,
            under: 1)
        let report = ClusterReport(cluster)
        #expect(
            report.summary == [
                "not healthy: no leader for shard 1", "n2 is dead", "under-replicated: 1 of 1 shards",
                "moving: shard 1 waits for n2 (dead)", "not healthy, not balanced",
            ])
        #expect(report.shards.contains("n2(dead):voter@7"))
        #expect(report.holdings(of: "n1")?.hasSuffix("; shard 1 waits for n2 (dead)") == true)
    }

    @Test("a clock that is off is told")
    func clock() throws {
        let cluster = try cluster([member("n1"), member("n2", clock: -0.8)], [])
        #expect(ClusterReport(cluster).summary.first == "n2's clock is -0.8 s off: it leads nothing")
    }

    @Test("a node that holds nothing has nothing left to be given up")
    func holdsNothing() throws {
        let empty = member("n2", shards: 0).replacing("\"leaders\":1", with: "\"leaders\":0")
        let report = ClusterReport(try cluster([member("n1"), empty], []))
        #expect(report.holdings(of: "n2") == nil)
        #expect(report.holdings(of: "n1") == "n1 still has 2 shards and leads 1")
        #expect(report.holdings(of: "n9") == nil)
    }

    @Test("runs of shards are told as one", arguments: [(["3"], "shard 3"), (["1", "2", "3", "7"], "shards 1-3, 7")])
    func runs(ids: [String], text: String) {
        #expect(Wording.shards(ids) == text)
    }
}
