import Foundation
import NIOHTTP1
import Synchronization
import Testing

extension LocalCluster {
    /// Starts so many new nodes at once, under the next names, and returns when they are ready: they are members, and their
    /// share of the shards is on its way to them.
    @discardableResult
    package func add(_ count: Int = 1) async throws -> [String] {
        guard count > 0 else { return [] }
        let inviting = try await serving()
        let answer = try await api(inviting).operate(
            .POST, "/v1/join-tokens", ["uses": .number(Double(count)), "expiresInSeconds": 600])
        let token = try #require(answer.json["token"].string, "\(answer.text)")
        let file = "\(folder)/join.token"
        try token.write(toFile: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        let seed = try process(inviting).peer
        let added = try nodes.withLock { nodes in
            // A removed node's name is not used again: its identity is never let in.
            let last = nodes.compactMap { Int($0.name.dropFirst()) }.max() ?? 0
            let added = (last + 1...last + count).map { number in
                MemberProcess(name: "n\(number)", folder: "\(folder)/n\(number)", port: basePort + 10 * number)
            }
            nodes += added
            for node in added { try node.launch(["--join", seed, "--join-token-file", file]) }
            return added.map(\.name)
        }
        for name in added { try await waitUntilReady(name) }
        return added
    }

    /// Takes a member out, dead or alive, and returns when it has left.
    package func remove(_ name: String, within limit: Duration = .seconds(60)) async throws {
        let asked = try await serving(except: name)
        let answer = try await api(asked).operate(.DELETE, "/v1/nodes/\(name)")
        #expect(answer.status == 202, "\(answer.text)")
        try await eventually(within: limit, "\(name) has left") {
            try await !view(from: asked).members.contains(name)
        }
        await (try process(name)).kill()
        nodes.withLock { $0.removeAll { $0.name == name } }
    }

    /// Starts a node that has been a member, and returns when it is ready.
    package func start(_ name: String, within limit: Duration = .seconds(30)) async throws {
        try process(name).launch()
        try await waitUntilReady(name, within: limit)
    }

    /// A node that serves now.
    package func serving(except name: String? = nil) async throws -> String {
        for candidate in names where candidate != name {
            if try await isReady(candidate) { return candidate }
        }
        throw NobodyServes()
    }

    package struct NobodyServes: Error {}
}
