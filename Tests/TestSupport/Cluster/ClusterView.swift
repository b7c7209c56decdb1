/// What a node says of the cluster in `/v1/cluster`.
package struct ClusterView: Sendable {
    package let json: JSON

    package init(_ json: JSON) { self.json = json }

    package var isHealthy: Bool { json["healthy"].bool ?? false }
    package var isBalanced: Bool { json["balanced"].bool ?? false }

    /// The names of its members, in alphabetical order.
    package var members: [String] { json["members"].array.compactMap { $0["name"].string }.sorted() }

    package func member(_ name: String) -> JSON {
        json["members"].array.first { $0["name"].string == name } ?? .null
    }

    /// Nobody is on the way in or out, every shard is led and where it should be, with every copy that it should have.
    package var isSettled: Bool {
        isHealthy && isBalanced && json["underReplicated"].int == 0
            && json["members"].array.allSatisfy { $0["state"] == "active" && $0["health"] == "alive" }
    }

    /// The member that leads most shards.
    package var busiest: String {
        json["members"].array.max { ($0["leaders"].int ?? 0) < ($1["leaders"].int ?? 0) }?["name"].string ?? ""
    }

    /// The shards whose replicas do not all have one digest at one index (I8); the view must have been asked for digests.
    package var shardsThatDiffer: [String] {
        json["shards"].array.filter { shard in
            let copies = shard["replicas"].array.map { [$0["applied"], $0["digest"]] }
            return copies.isEmpty || Set(copies).count != 1 || copies[0].contains(.null)
        }
        .map(\.description)
    }

    /// Whether all replicas of each shard were asked for their digest at the same index.
    package var isAtOneIndex: Bool {
        json["shards"].array.allSatisfy { Set($0["replicas"].array.map { $0["applied"] }).count == 1 }
    }

    /// One line for a failure's message.
    package var summary: String {
        let members = json["members"].array.map {
            "\($0["name"].string ?? "") \($0["state"].string ?? "") \($0["health"].string ?? "") \($0["shards"])/\($0["leaders"])"
        }
        return
            "\(members) healthy \(json["healthy"]) balanced \(json["balanced"]) under-replicated \(json["underReplicated"])"
    }
}
