import Coordinator
import Crypto
import HashRing
import NIOCore
import ShardStore

/// Takes what a backup is made of from a running node: the registry as it goes by it, and snapshots of the shards that it leads.
struct BackupDesk: Sendable {
    let host: CoordinatorHost
    let appliers: [ShardID: ShardApplier]
    let folder: DataFolder
    let network: ClusterNetwork

    /// What a snapshot's file is called until it is open, and it has no name any more.
    private static let prefix = "backup-"

    /// Deletes what a process that was killed meanwhile has left.
    static func discardLeftovers(in folder: DataFolder) {
        for name in PrivateFile.names(in: folder.transfers) where name.hasPrefix(prefix) {
            PrivateFile.remove("\(folder.transfers)/\(name)")
        }
    }

    /// The registry's image as a backup keeps it; `nil` as long as there is none.
    func registry() throws -> (cluster: String, shards: Int, image: [UInt8])? {
        guard let registry = network.registry, registry.shardCount > 0 else { return nil }
        return (registry.cluster, registry.shardCount, try registry.imageForBackup())
    }

    /// A snapshot of a shard, with everything in it that was acknowledged before; `nil` when this node does not lead it.
    func snapshot(of shard: ShardID) async throws -> BackupSnapshot? {
        guard let applier = appliers[shard], await host.serves(shard) else { return nil }
        var random = SystemRandomNumberGenerator()
        let name = Self.prefix + Base64URL.encode((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        let path = "\(folder.transfers)/\(name)"
        guard try await applier.snapshot(into: path) != nil else { return nil }
        // Open twice, it needs no name: whatever becomes of the call, nothing is left on the disk.
        defer { PrivateFile.remove(path) }
        return try await BackupSnapshot(path)
    }
}

/// A shard's file as of one moment, open and without a name; it is gone with the last reference.
final class BackupSnapshot: Sendable {
    /// Bytes that are read and sent at once.
    private static let chunkBytes = 256 << 10

    /// Its size.
    let bytes: Int
    /// SHA-256 of its contents, hex.
    let sha256: String
    private let file: DiskFile

    fileprivate init(_ path: String) async throws {
        let hashed = try await DiskFile.reading(path)
        defer { hashed.close() }
        var hash = SHA256()
        var count = 0
        while true {
            let chunk = try await hashed.read(Self.chunkBytes)
            if chunk.readableBytes == 0 { break }
            count += chunk.readableBytes
            chunk.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        }
        bytes = count
        sha256 = hash.finalize().hex
        file = try await DiskFile.reading(path)
    }

    deinit { file.close() }

    /// The next bytes, once; empty at the end.
    func next() async throws -> ByteBuffer { try await file.read(Self.chunkBytes) }
}
