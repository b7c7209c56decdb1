import Coordinator
import Foundation
import Node

/// What is read from files that an operator brings.
extension FuzzedDecoder {
    /// A backup, as a file.
    static let backup = FuzzedDecoder("backup") { bytes throws(BrokenPromise) in
        let file = "\(folder)/dmcheck-fuzzed-\(UUID().uuidString)"
        guard FileManager.default.createFile(atPath: file, contents: Data(bytes)) else {
            throw BrokenPromise(description: "no file can be made at \(file)")
        }
        defer { try? FileManager.default.removeItem(atPath: file) }
        guard let (manifest, size) = try? BackupReader.check(file) else { return }
        try expect((1...1024).contains(manifest.shards), "a backup is of as many shards as a cluster can have")
        try expect(size <= bytes.count, "what was read is in the file")
    }

    /// The registry in a backup, or as a peer sends it.
    static let registry = FuzzedDecoder("registry") { bytes throws(BrokenPromise) in
        guard let registry = try? Registry(image: bytes) else { return }
        try expect((0...1024).contains(registry.shardCount), "a registry is of as many shards as a cluster can have")
    }

    /// In memory where there is such a folder.
    private static let folder: String = {
        FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
    }()
}
