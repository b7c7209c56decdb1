import Foundation
import NIOCore

extension ClusterRun {
    /// Users a second that one node alone checks, as the volunteers of a cluster will.
    mutating func throughputOfOne() async throws -> Double {
        run.note("one node alone")
        let node = try NodeProcess(program: run.program, folder: "\(run.folder)/alone", port: run.port)
        defer { node.kill() }
        try await run.ready(node)
        let operating = try await run.connect(node, asOperator: true)
        var small = Run(
            program: run.program, folder: run.folder, port: run.port, users: 2 * compared,
            group: run.group, note: { _ in })
        try await small.importAndMark(node, operating)
        let rate = try await rate([try run.endpoint(of: node)], node, operating)
        await operating.close()
        figures.append(Figure("oneNode", rate, "users/s", "lease and submit, one node alone"))
        return rate
    }

    /// Users that are checked for the comparison: never all that there are, so that nobody looks for the last ones.
    private var compared: Int { min(Limits.comparedUsers, run.users / 2) }

    private func rate(_ endpoints: [Endpoint], _ node: NodeProcess, _ operating: OperatorConnection) async throws
        -> Double
    {
        let volunteers = try await run.enrol(node, operating)
        let outcome = try await run.volunteer(
            volunteers, at: endpoints, users: compared, usersPerSecond: nil)
        guard outcome.users > 0 else { throw Run.Failure.unexpected("the volunteers were given no users") }
        return Double(outcome.users) / outcome.seconds
    }

    mutating func importAndMark(_ operating: OperatorConnection) async throws {
        guard let node = nodes["n1"] else { return }
        try await run.importAndMark(node, operating)
        // The import's own goals are those of one node alone.
        if let imported = run.figures.first(where: { $0.name == "import" }) {
            figures.append(Figure("clusterImport", imported.value, "users/s", "import, \(Limits.nodes) nodes"))
        }
    }

    mutating func throughput(_ operating: OperatorConnection, against one: Double) async throws {
        guard let node = nodes["n1"] else { return }
        run.note("volunteers at \(Limits.nodes) nodes")
        let rate = try await rate(try names.map { try endpoint($0) }, node, operating)
        figures += [
            Figure("cluster", rate, "users/s", "the same, \(Limits.nodes) nodes that share the machine"),
            Figure("clusterShare", 100 * rate / one, "%", "the same, as a share of one node's"),
        ]
    }

    /// What each node costs that nobody asks anything.
    mutating func rest() async throws {
        run.note("letting the logs be compacted")
        var size = -1
        var quiet = 0
        for _ in 0..<Limits.settleSeconds where quiet < Limits.quietSeconds {
            let now = nodes.values.reduce(0) { $0 + $1.diskBytes().shards + $1.diskBytes().rest }
            quiet = now == size ? quiet + 1 : 0
            size = now
            try await run.pause(.seconds(1))
        }
        run.note("idle for \(Limits.idleSeconds) s")
        let syncs = try await fsyncs()
        let before = nodes.mapValues { $0.figures().processorSeconds }
        try await run.pause(.seconds(Int64(Limits.idleSeconds)))
        let used = nodes.map { $1.figures().processorSeconds - (before[$0] ?? 0) }
        let syncsAfter = try await fsyncs()
        figures += [
            Figure(
                "idleProcessorOfNode", 100 * (used.max() ?? 0) / Double(Limits.idleSeconds), "% of a core",
                goal: .atMost(2), "processor time of an idle node, the most of \(nodes.count)"),
            Figure(
                "idleFsyncsOfCluster", syncsAfter - syncs, "", goal: .atMost(0),
                "fsyncs of all nodes in \(Limits.idleSeconds) s of rest"),
        ]
    }

    /// How often the nodes have waited for the disk so far, by their own word.
    private func fsyncs() async throws -> Double {
        var sum = 0.0
        for name in names { sum += try await metric("dmcheck_store_fsyncs_total", of: name) }
        return sum
    }

    /// The value of a series of a node's, named as it is written.
    func metric(_ series: String, of name: String) async throws -> Double {
        let connection = try await connection(name)
        let text = try await connection.call("GET", "/metrics").text
        await connection.close()
        let line = text.split(separator: "\n").first { $0.hasPrefix(series + " ") }
        guard let value = line?.split(separator: " ").last.flatMap({ Double($0) }) else {
            throw Run.Failure.unexpected("\(name) has no series \(series)")
        }
        return value
    }
}
