import CheckClient
import Node

/// Where a backup gets each shard: from the node that leads it now, asked again when leadership moves meanwhile.
struct ShardSource {
    /// Times that a shard is asked for; with the pause longer than any election, or a node's restart.
    private static let attempts = 60
    private static let pause = Duration.milliseconds(500)

    let client: ClusterClient
    private var view: Cluster?

    init(client: ClusterClient) { self.client = client }

    /// Brings one shard into the backup, whole.
    mutating func copy(shard: Int, to writer: BackupWriter) async throws {
        var last: any Error = BackupError.cutShort(shard: String(shard))
        for round in 0..<Self.attempts {
            if round > 0 { try await Task.sleep(for: Self.pause) }
            guard let node = try await leader(of: shard, isAnew: round > 0) else { continue }
            do {
                try await attempt(shard, node, writer)
                return
            } catch let error as BackupError {
                guard case .cutShort = error else { throw error }
                last = error
            } catch let error as ClientError {
                guard Self.mayPass(error) else { throw error }
                last = error
            }
        }
        throw last
    }

    private func attempt(_ shard: Int, _ node: NodeAddress, _ writer: BackupWriter) async throws {
        var left: Int?
        do {
            try await client.snapshot(
                ofShard: shard, at: node,
                announced: { bytes, sha256 in
                    left = bytes
                    try writer.begin(shard: shard, bytes: bytes, sha256: sha256)
                },
                take: { piece in
                    left = (left ?? 0) - piece.count
                    try writer.append(piece)
                })
        } catch {
            if left != nil { try writer.rewind() }
            throw error
        }
        guard left == 0 else {
            if left != nil { try writer.rewind() }
            throw BackupError.cutShort(shard: String(shard))
        }
    }

    private mutating func leader(of shard: Int, isAnew: Bool) async throws -> NodeAddress? {
        if isAnew || view == nil { view = try await client.send(.cluster()) }
        guard let view, let name = view.shards.first(where: { $0.id == String(shard) })?.leader,
            let member = view.members.first(where: { $0.name == name })
        else { return nil }
        let scheme = client.nodes.first?.description.hasPrefix("http://") == true ? "http" : "https"
        return try NodeAddress("\(scheme)://\(member.http)")
    }

    /// Whether the same may succeed a moment later: the node is gone, or does not lead any more.
    private static func mayPass(_ error: ClientError) -> Bool {
        switch error {
        case .unreachable: true
        case .refused(let problem): problem.status == 503 || problem.status == 504
        default: false
        }
    }
}
