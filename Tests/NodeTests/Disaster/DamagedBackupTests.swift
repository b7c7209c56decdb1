import Foundation
import Node
import Testing

@Suite("A backup is written whole or not at all, and believed only as it was written", .timeLimit(.minutes(2)))
struct DamagedBackupTests {
    @Test("a changed, a missing and a further byte are found, wherever they are, and nothing is made")
    func damage() async throws {
        try await withScratchFolder { scratch in
            try await FolderNode.run(in: scratch + "/old") { try await $0.backup(to: scratch + "/b") }
            let whole = Array(try Data(contentsOf: URL(fileURLWithPath: scratch + "/b")))
            let places =
                [0, 15, 16, 20, 60] + stride(from: 200, to: whole.count, by: whole.count / 25) + [whole.count - 1]
            var damaged = places.map { place in
                var bytes = whole
                bytes[place] ^= 0x40
                return bytes
            }
            damaged += [0, 3, 17, 100, whole.count / 2, whole.count - 1].map { Array(whole.prefix($0)) }
            damaged.append(whole + [0])
            for bytes in damaged {
                try Data(bytes).write(to: URL(fileURLWithPath: scratch + "/d"))
                #expect(throws: BackupError.self) { try Restore.run(scratch + "/d", into: scratch + "/new") }
                #expect(!FileManager.default.fileExists(atPath: scratch + "/new"))
            }
            _ = try Restore.run(scratch + "/b", into: scratch + "/new")
        }
    }

    @Test("a part that broke off is taken back; a backup that was not finished leaves no file")
    func unfinished() async throws {
        try await withScratchFolder { scratch in
            let manifest = BackupManifest(cluster: "c", takenAt: "2026-01-31T00:00:00.000Z", shards: 1, registry: "")
            var writer: BackupWriter? = try BackupWriter(path: scratch + "/b", manifest: manifest)
            try writer?.begin(shard: 1, bytes: 5, sha256: "")
            try writer?.append([1, 2])
            try writer?.rewind()
            // SHA-256 of "abc" (FIPS 180-2, B.1).
            let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            try writer?.begin(shard: 1, bytes: 3, sha256: digest)
            try writer?.append(Array("abc".utf8))
            _ = try writer?.finish()
            #expect(throws: BackupError.exists(file: scratch + "/b")) {
                try BackupWriter(path: scratch + "/b", manifest: manifest)
            }
            writer = try BackupWriter(path: scratch + "/c", manifest: manifest)
            try writer?.begin(shard: 1, bytes: 3, sha256: digest)
            try writer?.append(Array("abd".utf8))
            #expect(throws: BackupError.self) { try writer?.finish() }
            writer = nil
            let left = try FileManager.default.contentsOfDirectory(atPath: scratch)
            #expect(left == ["b"])
        }
    }
}
