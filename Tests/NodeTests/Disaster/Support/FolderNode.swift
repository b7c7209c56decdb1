import Foundation
import Logging
import Node
import Testing

/// A whole node over plain HTTP on loopback, in a folder that outlives it.
struct FolderNode: Sendable {
    let port: Int
    let operatorToken: String

    /// Two shards: enough for one to tell the other something.
    static let shards = 2

    /// Runs `body` against the node of `folder`, which may have served before.
    static func run<Value: Sendable>(in folder: String, _ body: (FolderNode) async throws -> Value) async throws
        -> Value
    {
        let loopback = HostPort(host: "127.0.0.1", port: 0)
        let configuration = NodeConfiguration(
            dataFolder: folder, name: "n1", http: loopback, peer: loopback, shards: shards, insecureHTTP: true)
        let node = try await RunningNode.start(
            configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let outcome: Result<Value, any Error>
        do {
            let token = try String(contentsOfFile: folder + "/operator.token", encoding: .utf8)
            outcome = .success(
                try await body(
                    FolderNode(
                        port: node.http.port, operatorToken: token.trimmingCharacters(in: .whitespacesAndNewlines))))
        } catch {
            outcome = .failure(error)
        }
        try await node.stop()
        return try outcome.get()
    }

    /// One call, as the operator unless another token is given.
    func call(
        _ method: String, _ target: String, token: String? = nil, _ body: String? = nil
    ) async throws -> RawAnswer {
        let request = TestServer.request(
            method, target, token: token ?? operatorToken, body: body.map { Array($0.utf8) })
        let answer = try await RawConnection.open(port: port) { connection in
            try await connection.send(request)
            return try await connection.answer()
        }
        return try #require(answer)
    }

    func json(_ method: String, _ target: String, token: String? = nil, _ body: String? = nil) async throws -> JSONValue
    {
        let answer = try await call(method, target, token: token, body)
        #expect(answer.status < 300, "\(method) \(target): \(answer.status) \(answer.text)")
        return try JSONDocument(parsing: answer.body).root
    }

    /// Adds users and has them checked.
    func add(_ count: Int, prefix: String) async throws {
        let users = (0..<count).map { #"{"screenName":"\#(prefix)\#($0)"}"# }.joined(separator: ",")
        _ = try await json("POST", "/v1/users", #"{"users":[\#(users)],"mark":{"service":"dmcheck"}}"#)
    }

    /// Every user as the export has it, sorted.
    func export() async throws -> [String] {
        try await call("GET", "/v1/export").text.split(separator: "\n").map(String.init).sorted()
    }

    // MARK: Backup

    func manifest() async throws -> BackupManifest {
        try JSONDecoder().decode(BackupManifest.self, from: Data(try await call("GET", "/v1/backup").body))
    }

    func snapshot(of shard: Int) async throws -> RawAnswer {
        let answer = try await call("GET", "/v1/backup/shards/\(shard)")
        #expect(answer.status == 200 && answer.header("Content-Length") == "\(answer.body.count)")
        return answer
    }

    /// What `dmcheck backup` does.
    func backup(to path: String) async throws {
        var snapshots: [RawAnswer] = []
        for shard in 1...Self.shards { snapshots.append(try await snapshot(of: shard)) }
        try await Self.write(try await manifest(), snapshots, to: path)
    }

    static func write(_ manifest: BackupManifest, _ snapshots: [RawAnswer], to path: String) async throws {
        let writer = try BackupWriter(path: path, manifest: manifest)
        for (index, snapshot) in snapshots.enumerated() {
            try writer.begin(
                shard: index + 1, bytes: snapshot.body.count, sha256: try #require(snapshot.header("X-Dmcheck-SHA256")))
            try writer.append(snapshot.body)
        }
        let size = try writer.finish()
        #expect(size > snapshots.reduce(0) { $0 + $1.body.count })
    }
}

/// A volunteer's calls.
struct FolderVolunteer: Sendable {
    let id: String
    var token: String { "\(id).\(String(repeating: "v", count: 43))" }

    func register(at node: FolderNode) async throws {
        _ = try await node.json(
            "PUT", "/v1/clients/\(id)", token: token,
            #"""
            {"screenName":"volunteer\#(id)","secret":"\#(String(repeating: "v", count: 43))",
             "capability":{"usersPerWindow":100000,"windowSeconds":900,"maxBuckets":10}}
            """#)
    }

    /// Ids of leases with their users, of a lease request or a listing.
    static func leases(_ answer: JSONValue, _ key: StaticString) throws -> [(id: String, users: [String])] {
        try (try #require(answer[key])).elements.map { lease in
            (
                try #require(lease["id"]?.string),
                try (try #require(lease["users"])).elements.map { try #require($0["screenName"]?.string) }
            )
        }
    }

    func lease(_ count: Int, at node: FolderNode) async throws -> [(id: String, users: [String])] {
        try Self.leases(try await node.json("POST", "/v1/leases", token: token, #"{"count":\#(count)}"#), "leases")
    }

    func held(at node: FolderNode) async throws -> [(id: String, users: [String])] {
        try Self.leases(try await node.json("GET", "/v1/leases", token: token), "items")
    }

    func report(_ lease: (id: String, users: [String]), at node: FolderNode) async throws {
        let rows = lease.users.map { #"{"screenName":"\#($0)","verdict":"dm"}"# }.joined(separator: ",")
        let answer = try await node.json(
            "POST", "/v1/leases/\(lease.id)/results", token: token, #"{"results":[\#(rows)]}"#)
        #expect(answer["state"]?.string == "done")
    }

    /// Buckets by what became of them.
    func statistics(at node: FolderNode) async throws -> (assigned: Int, done: Int, released: Int, held: Int) {
        let found = try #require(try await node.json("GET", "/v1/clients/\(id)")["statistics"])
        func number(_ key: StaticString) throws -> Int { try #require(found[key]?.number?.integer) }
        return (
            try number("bucketsAssigned"), try number("bucketsDone"), try number("bucketsReleased"),
            try number("bucketsHeld")
        )
    }
}

/// A folder of a test's own, gone afterwards.
func withScratchFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("dmcheck-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
}
