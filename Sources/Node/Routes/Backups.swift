import Coordinator
import HTTPTypes
import HashRing
import HummingbirdCore
import NIOCore

/// What `dmcheck backup` puts together: the manifest from any node, each shard from the node that leads it. A shard's snapshot
/// is not passed on: whoever wants it asks its leader, as `/v1/cluster` names it.
extension Endpoints {
    var backups: [Route] {
        [
            Route(
                .get, "/v1/backup", "What a backup says of itself, with the registry", access: .token(.operator),
                replies: [.json(200, "The manifest", .backup)], problems: [.forbidden],
                perform: backupManifest),
            Route(
                .get, "/v1/backup/shards/{id}", "A snapshot of a shard that this node leads",
                access: .token(.operator),
                replies: [
                    .text(Self.snapshotType, "The shard's file; Content-Length and X-Dmcheck-SHA256 say what comes")
                ],
                problems: [.forbidden, .notFound], perform: shardSnapshot),
        ]
    }

    private static let snapshotType = "application/vnd.sqlite3"

    @Sendable
    private func backupManifest(_ call: Call) async throws -> Answer {
        _ = try await perform(.authenticate(call.caller, as: .operator))
        guard let found = try environment.backups?.registry() else {
            throw Refusal.unavailable(.notApplied, retryAfterSeconds: 1)
        }
        return .json {
            $0.field("format", BackupManifest.currentFormat)
            $0.field("cluster", found.cluster)
            $0.field("takenAt", time: environment.now())
            $0.field("shards", found.shards)
            $0.field("registry", Base64URL.encode(found.image))
        }
    }

    @Sendable
    private func shardSnapshot(_ call: Call) async throws -> Answer {
        let shard = try call.parameter(0, "a shard's id is a number") { ShardID($0) }
        _ = try await perform(.authenticate(call.caller, as: .operator))
        guard let snapshot = try await environment.backups?.snapshot(of: shard) else {
            throw Refusal.unavailable(.notApplied, retryAfterSeconds: 1)
        }
        return Answer.stream(Self.snapshotType) { writer in
            while true {
                let chunk = try await snapshot.next()
                if chunk.readableBytes == 0 { return }
                try await writer.write(chunk)
            }
        }
        .with("Content-Length", String(snapshot.bytes))
        .with("X-Dmcheck-SHA256", snapshot.sha256)
    }
}

extension AnswerShape {
    static let backup = AnswerShape(
        "Backup", note: "registry: its image, base64url; keep it private",
        [
            .always("format", .count), .always("cluster", .text), .always("takenAt", .time), .always("shards", .count),
            .always("registry", .text),
        ])
}
