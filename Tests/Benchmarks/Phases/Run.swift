import Foundation
import NIOCore

/// One whole measurement: a node on an empty folder, a million users, volunteers, a crash, a restart, silence.
struct Run {
    enum Failure: Error, CustomStringConvertible {
        case unexpected(String)

        var description: String {
            switch self {
            case .unexpected(let what): what
            }
        }
    }

    let program: String
    let folder: String
    let port: Int
    let users: Int
    let group: any EventLoopGroup
    let note: @Sendable (String) -> Void
    var figures: [Figure] = []

    mutating func measure() async throws {
        let limit = try baseline()
        var node = try NodeProcess(program: program, folder: "\(folder)/n1", port: port)
        defer { node.kill() }
        try await ready(node)
        var connection = try await connect(node, asOperator: true)
        try await importAndMark(node, connection)

        // What the import has left to be compacted is not the volunteers' work.
        try await settle(node, connection)
        let volunteers = try await enrol(node, connection)
        try await load(node, connection, volunteers, limit: limit)
        try await checkTheRest(node, connection, volunteers)
        await connection.close()

        figures.append(
            Figure(
                "startAfterKill", try await restart(&node, kill: true), "s", goal: .atMost(2),
                "start after kill -9, \(users) users stored, to ready"))
        connection = try await connect(node, asOperator: true)
        let bytes = try await settle(node, connection)
        figures.append(
            Figure(
                "diskBytesPerUser", Double(bytes) / Double(users), "bytes", goal: .atMost(120),
                "on disk for each user, all checked, log compacted"))
        try await idle(node, connection)
        await connection.close()

        figures.append(
            Figure(
                "start", try await restart(&node, kill: false), "s", goal: .atMost(2),
                "start, \(users) users stored, to ready"))
        figures.append(
            Figure(
                "residentMemoryAfterStart", Double(node.figures().residentBytes) / 1e6, "MB", goal: .atMost(200),
                "memory of the node just started"))
    }

    func baseline() throws -> Double {
        note("raw SQLite, a row for each result")
        let tasks = Limits.baselineTasks
        let path = "\(folder)/baseline.db"
        let rows = try RowPerResult(path: path, tasks: tasks)
        defer {
            rows.close()
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        return try rows.storeAll(tasks: tasks)
    }

    /// Stops the node, starts it again, and answers the seconds until it was ready.
    private func restart(_ node: inout NodeProcess, kill: Bool) async throws -> Double {
        note(kill ? "kill -9 and start again" : "stop and start again")
        if kill {
            node.kill()
        } else {
            if !node.stop() { note("the node did not end within \(Limits.stopSeconds) s and was killed") }
            let (shards, rest) = node.diskBytes()
            note("on disk: \(shards / 1000) kB of shards, \(rest / 1000) kB of log and the rest")
        }
        let clock = ContinuousClock()
        let began = clock.now
        node = try NodeProcess(program: program, folder: node.folder, port: port)
        try await ready(node)
        return (clock.now - began).seconds
    }

    /// Asks `/readyz` until it answers 200.
    func ready(_ node: NodeProcess) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: .seconds(Limits.readySeconds))
        let log = NodeProcess.log(in: node.folder)
        while clock.now < deadline {
            guard node.isRunning else { throw NodeProcess.Failure.ended(log: log) }
            if FileManager.default.fileExists(atPath: node.authority), let connection = try? await connect(node) {
                let answer = try? await connection.call("GET", "/readyz")
                await connection.close()
                if answer != nil { return }
            }
            try await pause(.milliseconds(5))
        }
        throw NodeProcess.Failure.notReady(seconds: Limits.readySeconds, log: log)
    }

    /// Lets real time pass: what is measured here happens in another process.
    func pause(_ time: TimeAmount) async throws {
        try await group.next().scheduleTask(in: time) {}.futureResult.get()
    }

    func connect(_ node: NodeProcess, asOperator: Bool = false) async throws -> OperatorConnection {
        try await OperatorConnection(try endpoint(of: node), token: asOperator ? try node.token() : nil)
    }

    func endpoint(of node: NodeProcess) throws -> Endpoint {
        try Endpoint(host: "127.0.0.1", port: node.port, authority: node.authority, group: group)
    }
}
