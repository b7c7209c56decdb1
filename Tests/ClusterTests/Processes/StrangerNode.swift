import NIOHTTP1
import TestSupport
import Testing

/// A member of a cluster of four with a single shard, of which it has no copy: whatever its clients do, others own it.
struct StrangerNode {
    let cluster: LocalCluster
    let api: API
    /// Another one, which leads the shard or has a copy of it.
    let other: API

    static func run(_ body: (StrangerNode) async throws -> Void) async throws {
        try await LocalCluster.run(nodes: 4, shards: 1) { cluster in
            let view = try await cluster.view()
            let name = try #require(view.members.first { view.member($0)["shards"] == 0 }, "\(view.summary)")
            let other = try #require(view.members.first { $0 != name })
            let node = StrangerNode(cluster: cluster, api: try cluster.api(name), other: try cluster.api(other))
            _ = try await node.api.operate(.PATCH, "/v1/settings", ["registrationsPerMinutePerSource": 100_000])
            try await body(node)
            try await cluster.checkReplicas()
        }
    }

    /// A service of its own for one case, with so many users waiting.
    func service(_ name: String, users: Int, bucketSize: Int = 5, settings: [String: JSON] = [:]) async throws {
        let made = try await api.operate(
            .PUT, "/v1/services/\(name)",
            .object(["bucketSize": .number(Double(bucketSize))].merging(settings) { $1 }))
        #expect(made.status == 201, "\(made.text)")
        let rows: [JSON] = (0..<users).map { ["screenName": .string("\(name)_\($0)".replacing("-", with: "_"))] }
        let added = try await api.operate(
            .POST, "/v1/users", ["users": .array(rows), "mark": ["service": .string(name)]])
        #expect(added.json["marked"].int == users, "\(added.text)")
    }

    func registered(_ number: Int) async throws -> Volunteer {
        let volunteer = Volunteer(api, number)
        let answer = try await volunteer.register(["usersPerWindow": 100_000, "windowSeconds": 900])
        #expect(answer.status == 201, "\(answer.text)")
        return volunteer
    }

    func done(_ service: String) async throws -> Int? {
        try await api.operate(.GET, "/v1/counts?service=\(service)").json["done"].int
    }
}

extension Volunteer {
    /// One lease of a service, which must be there.
    func take(of service: String) async throws -> JSON {
        let answer = try await lease(service: service)
        return try #require(answer.json["leases"].array.first, "\(answer.text)")
    }
}
