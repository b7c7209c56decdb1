import NIOCore
import NIOHTTP1
import Testing

extension LocalCluster {
    /// What `/v1/cluster` says, asked of one node, or of any that serves.
    ///
    /// - Parameter digest: also the digest of every replica's contents, at one common index for each shard.
    package func view(from name: String? = nil, digest: Bool = false) async throws -> ClusterView {
        let asked = if let name { name } else { try await serving() }
        let answer = try await api(asked).operate(.GET, "/v1/cluster\(digest ? "?digest=true" : "")")
        return ClusterView(answer.status == 200 ? answer.json : .null)
    }

    package func isReady(_ name: String) async throws -> Bool {
        // A node that hangs, or is not there, is not ready.
        (try? await api(name, patience: .seconds(2)).call(.GET, "/readyz"))?.status == 200
    }

    package func waitUntilReady(_ name: String, within limit: Duration = .seconds(30)) async throws {
        let process = try process(name)
        try await eventually(within: limit, "\(name) is ready") {
            try #require(process.isRunning, "\(process.lastWords)")
            return try await isReady(name)
        }
    }

    /// Returns when every node says that all are alive, all shards led and where they should be.
    package func waitUntilSettled(within limit: Duration = .seconds(60)) async throws {
        for name in names {
            var last = "no answer"
            do {
                try await eventually(within: limit, "\(name) says that the cluster is settled") {
                    guard let view = try? await view(from: name) else { return false }
                    last = view.summary
                    return view.isSettled && view.members == names.sorted()
                }
            } catch {
                Issue.record("\(name) says at last: \(last)")
                throw error
            }
        }
    }

    /// Holds the replicas of every shard against each other (I8).
    package func checkReplicas(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await waitUntilSettled()
        // Where an entry came while they were asked they show different indexes, and are asked again.
        var view = try await view(digest: true)
        try await eventually(within: .seconds(30), "the replicas of each shard show one index") {
            if view.isAtOneIndex { return true }
            view = try await self.view(digest: true)
            return view.isAtOneIndex
        }
        #expect(!view.json["shards"].array.isEmpty, sourceLocation: sourceLocation)
        #expect(view.shardsThatDiffer.isEmpty, "I8: \(view.shardsThatDiffer)", sourceLocation: sourceLocation)
    }
}
