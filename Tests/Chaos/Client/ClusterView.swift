/// What the cluster says of itself.
struct ClusterView: Decodable, Sendable {
    struct Member: Decodable, Sendable {
        var name: String
        var state: String
        var health: String
        var leaders: Int
        var clockOffsetSeconds: Double
    }
    struct Shard: Decodable, Sendable {
        struct Replica: Decodable, Sendable {
            var node: String
            var digest: String?
            /// At which the digest was made.
            var index: UInt64?
        }
        var id: String
        var leader: String?
        var replicas: [Replica]
        /// At which the digests of all replicas were made.
        var index: UInt64?
    }
    var members: [Member]
    var shards: [Shard]
    var balanced: Bool
    var healthy: Bool

    /// Whether these and no others are members, and each shard is led and where it should be.
    func isSettled(with names: Set<String>) -> Bool {
        balanced && healthy && Set(members.map(\.name)) == names && members.allSatisfy { $0.state == "active" }
    }
}
