import Foundation
import NIOCore

/// A measurement of several nodes: throughput against one node's, rest, growth, and how long a fault can be noticed.
struct ClusterRun {
    var run: Run
    /// The nodes that run, by name.
    var nodes: [String: NodeProcess] = [:]
    var figures: [Figure] = []

    init(run: Run) { self.run = run }

    var names: [String] { nodes.keys.sorted() }

    mutating func measure() async throws {
        do {
            try await measureNodes()
        } catch {
            endAll()
            throw error
        }
        endAll()
    }

    private mutating func measureNodes() async throws {
        let one = try await throughputOfOne()
        try await found()
        let operating = try await connection()
        try await importAndMark(operating)
        try await throughput(operating, against: one)
        await operating.close()
        try await rest()
        try await grow()
        try await shrink()
        try await kills()
        try await pauses()
        try await rollingRestart()
    }

    private func endAll() {
        for node in nodes.values { node.kill() }
    }

    func port(of name: String) -> Int { run.port + 10 * ((Int(name.dropFirst()) ?? 1) - 1) }
    func folder(of name: String) -> String { "\(run.folder)/\(name)" }

    /// Starts a node again that has been here, or a new one that is told where to join.
    mutating func start(_ name: String, joining: [String] = []) async throws {
        let node = try NodeProcess(
            program: run.program, name: name, folder: folder(of: name), port: port(of: name), joining: joining)
        nodes[name] = node
        try await run.ready(node)
    }

    /// Starts a new node that joins through n1.
    mutating func join(_ name: String) async throws {
        let operating = try await connection()
        let made = try await operating.call(
            "POST", "/v1/join-tokens", body: Array(#"{"uses":1,"expiresInSeconds":600}"#.utf8), expecting: [200, 201])
        await operating.close()
        let file = "\(run.folder)/\(name).token"
        _ = FileManager.default.createFile(
            atPath: file, contents: Data(try run.decode(JoinToken.self, made).token.utf8),
            attributes: [.posixPermissions: 0o600])
        try await start(name, joining: ["--join", "127.0.0.1:\(port(of: "n1") + 1)", "--join-token-file", file])
    }

    private mutating func found() async throws {
        run.note("founding a cluster of \(Limits.nodes) nodes")
        try await start("n1")
        for number in 2...Limits.nodes { try await join("n\(number)") }
        try await settled()
    }

    func endpoint(_ name: String) throws -> Endpoint {
        try Endpoint(
            host: "127.0.0.1", port: port(of: name), authority: "\(folder(of: "n1"))/data/certs/ca.pem",
            group: run.group)
    }

    func token() throws -> String {
        let text = try String(contentsOfFile: "\(folder(of: "n1"))/data/operator.token", encoding: .utf8)
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func connection(_ name: String = "n1") async throws -> OperatorConnection {
        try await OperatorConnection(try endpoint(name), token: try token())
    }

    /// What a node says of the cluster; nil when it cannot.
    func view(_ name: String = "n1") async throws -> ClusterAnswer? {
        guard let connection = try? await connection(name) else { return nil }
        let answer = try? await connection.call("GET", "/v1/cluster", patience: .seconds(2))
        await connection.close()
        return try answer.map { try run.decode(ClusterAnswer.self, $0) }
    }

    /// Waits until every node says that all is where it should be.
    func settled() async throws {
        for name in names {
            try await run.wait(seconds: Limits.balanceSeconds, for: "the cluster to be balanced, asked of \(name)") {
                try await view(name)?.isSettled(names) ?? false
            }
        }
    }
}
