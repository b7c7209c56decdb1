/// What a measurement needs of `GET /v1/cluster`.
struct ClusterAnswer: Decodable {
    struct Member: Decodable {
        let name: String
        let state: String
        let health: String
        let shards: Int
        let leaders: Int
    }

    let members: [Member]
    let balanced: Bool
    let healthy: Bool
    let underReplicated: Int

    /// Everybody is there and has what it should have.
    func isSettled(_ names: [String]) -> Bool {
        balanced && healthy && underReplicated == 0 && Set(members.map(\.name)) == Set(names)
            && members.allSatisfy { $0.state == "active" && $0.health == "alive" }
    }

    /// The member that leads most shards.
    var busiest: String { members.max { $0.leaders < $1.leaders }?.name ?? "" }

    func shards(of name: String) -> Int { members.first { $0.name == name }?.shards ?? 0 }
}

struct JoinToken: Decodable {
    let token: String
}
