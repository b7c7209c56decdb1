import AsyncHTTPClient
import Foundation
import NIOHTTP1
import TestSupport
import Testing

@Suite("A folder that is not as it should be: a clear message, exit 1, nothing damaged further", .serialized)
struct FolderFaultTests {
    /// Starts the node and expects it to refuse with a line that says these words.
    private func refuses(
        _ node: NodeProcess, arguments: [String] = [], saying words: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let served = try await node.start(arguments: arguments).served
        #expect(!served, sourceLocation: sourceLocation)
        if served { node.kill() } else { #expect(node.waitUntilExit() == 1, sourceLocation: sourceLocation) }
        let lines = node.complaint.split(separator: "\n")
        #expect(lines.count == 1, "one line is printed: \(node.complaint)", sourceLocation: sourceLocation)
        for word in words {
            #expect(
                node.complaint.contains(word), "'\(word)' is not in: \(node.complaint)", sourceLocation: sourceLocation)
        }
    }

    @Test("locked by another process")
    func locked() async throws {
        try await NodeProcess.run { node, api in
            let second = NodeProcess(folder: node.folder, port: try NodeProcess.freePort())
            try await refuses(second, saying: ["in use by another dmcheck", "--data"])
            #expect(try await api.call(.GET, "/readyz").status == 200)
        }
    }

    @Test("a file, or a folder with something else in it: it is left as it was")
    func foreign() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dmcheck-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/letter"))
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        let before = [try mode(folder), try mode(folder + "/letter")]
        let port = try NodeProcess.freePort()
        try await refuses(NodeProcess(folder: folder, port: port), saying: ["holds letter", "--data"])
        try await refuses(NodeProcess(folder: folder + "/letter", port: port), saying: ["is no folder", "--data"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["letter"])
        #expect([try mode(folder), try mode(folder + "/letter")] == before)
    }

    @Test("a port that is taken: the folder does not become a node's")
    func takenPort() async throws {
        try await NodeProcess.run { node, _ in
            let folder = node.folder + "-second"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try await refuses(
                NodeProcess(folder: folder, port: node.port), saying: ["port", "\(node.port)", "in use", "--http"])
            #expect(!FileManager.default.fileExists(atPath: folder + "/node.db"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/operator.token"))
        }
    }

    @Test("node.json of another node or cluster")
    func otherCluster() async throws {
        try await NodeProcess.run { node, _ in
            try await NodeProcess.run { other, _ in
                node.kill()
                other.kill()
                let own = try Data(contentsOf: URL(fileURLWithPath: node.folder + "/node.json"))
                let foreign = try Data(contentsOf: URL(fileURLWithPath: other.folder + "/node.json"))
                try foreign.write(to: URL(fileURLWithPath: node.folder + "/node.json"))
                try await refuses(node, saying: ["different nodes or clusters"])
                try own.write(to: URL(fileURLWithPath: node.folder + "/node.json"))
                #expect(try await node.start().served)
            }
        }
    }

    @Test("a lost node.db is never replaced by a new one")
    func lostLog() async throws {
        try await NodeProcess.run { node, _ in
            node.kill()
            for name in ["node.db", "node.db-wal", "node.db-shm"] {
                try? FileManager.default.removeItem(atPath: node.folder + "/" + name)
            }
            try await refuses(node, saying: ["lost its node.db"])
            #expect(!FileManager.default.fileExists(atPath: node.folder + "/node.db"))
        }
    }

    @Test("a corrupt file", arguments: ["node.db", "shards/0001-1.db", "shards/0003-1.db"])
    func corrupt(file: String) async throws {
        try await NodeProcess.run { node, api in
            _ = try await api.operate(.POST, "/v1/users", ["users": [["screenName": "somebody"]]])
            #expect(node.terminate() == 0)
            let url = URL(fileURLWithPath: node.folder + "/" + file)
            let whole = try Data(contentsOf: url)
            var damaged = whole
            damaged.replaceSubrange(0..<64, with: Data(repeating: 0x5A, count: 64))
            try damaged.write(to: url)
            try await refuses(node, saying: [file, "damaged", "backup"])
            #expect(try Data(contentsOf: url) == damaged, "nothing is damaged further")
            try whole.write(to: url)
            #expect(try await node.start().served)
            #expect(try await api.operate(.GET, "/v1/users/somebody").status == 200)
        }
    }

    @Test("a read-only folder", .enabled(if: getuid() != 0 || SmallDisk.isPermitted))
    func readOnly() async throws {
        try await SmallDisk.with(kibibytes: 16_384) { disk in
            let node = NodeProcess(folder: disk.path + "/data", port: try NodeProcess.freePort())
            #expect(try await node.start().served)
            node.kill()
            try disk.remount("ro")
            try await refuses(node, saying: ["read-only"])
            try disk.remount("rw")
            #expect(try await node.start().served)
            node.kill()
        }
    }

    @Test(
        "a full disk: the node says so and ends, and everything acknowledged is there once there is room",
        .enabled(if: SmallDisk.isPermitted))
    func fullDisk() async throws {
        try await SmallDisk.with(kibibytes: 8192) { disk in
            let node = NodeProcess(folder: disk.path + "/data", port: try NodeProcess.freePort(), shards: 2)
            try #require(try await node.start().served)
            let api = try node.api()
            var acknowledged = 0
            fill: for batch in 0..<400 {
                let names: [JSON] = (0..<1000).map { ["screenName": .string("b\(batch)_\($0)")] }
                guard let answer = try? await api.operate(.POST, "/v1/users", ["users": .array(names)]),
                    answer.status == 200
                else { break fill }
                acknowledged += 1000
            }
            #expect(acknowledged > 0)
            #expect(node.waitUntilExit() == 1)
            try disk.remount("size=65536k")
            #expect(try await node.start().served)
            let users = try await api.operate(.GET, "/v1/stats").json["users"].int ?? 0
            #expect(users >= acknowledged)
            node.kill()
            try await api.http.shutdown()
        }
    }
}
