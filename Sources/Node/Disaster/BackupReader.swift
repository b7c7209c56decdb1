import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads a backup from front to back and believes nothing: every part's digest, the order of the parts, and the end are
/// verified. Not `Sendable`.
package final class BackupReader {
    /// Bytes of a part's header: three short fields.
    private static let headerBytes = 1024
    /// Bytes of a manifest: a registry's image has at most a few hundred kilobytes, a third more in base64.
    private static let manifestBytes = 8 << 20
    /// Bytes that are read at once.
    private static let chunkBytes = 1 << 20

    let manifest: BackupManifest
    private let stream: BackupStream
    private var hash = SHA256()
    private var bytes = 0

    /// Opens a backup and reads its manifest.
    init(path: String) throws(BackupError) {
        stream = try BackupStream.reading(path)
        let magic = try stream.read(BackupWriter.magic.count)
        guard magic == BackupWriter.magic else { throw .foreign(file: path) }
        hash.update(data: magic)
        bytes = magic.count
        let part = try Self.header(of: stream, &hash, &bytes)
        guard part.name == BackupPart.manifest, part.bytes <= Self.manifestBytes else {
            throw .damaged(file: path, detail: "it does not begin with its manifest")
        }
        let text = try stream.read(part.bytes)
        hash.update(data: text)
        bytes += text.count
        guard SHA256.hash(data: text).hex == part.sha256 else {
            throw .damaged(file: path, detail: "its manifest differs")
        }
        struct Version: Decodable { var format: Int }
        guard let version = try? JSONDecoder().decode(Version.self, from: Data(text)) else {
            throw .foreign(file: path)
        }
        guard version.format == BackupManifest.currentFormat else { throw .tooNew(file: path, format: version.format) }
        guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: Data(text)),
            (1...1024).contains(manifest.shards)
        else { throw .damaged(file: path, detail: "its manifest lacks something") }
        self.manifest = manifest
    }

    /// Reads all shards in order and then the end; `take` is handed each shard's bytes bit by bit.
    ///
    /// - Returns: the file's size.
    /// - Throws: ``BackupError`` for the first difference, or what `take` throws. What was handed out before is not to be used.
    func shards<Failure: Error>(
        _ take: (_ shard: Int, _ chunk: [UInt8]) throws(Failure) -> Void
    ) throws -> Int {
        for shard in 1...manifest.shards {
            let part = try Self.header(of: stream, &hash, &bytes)
            guard part.name == BackupPart.shard(shard) else {
                throw damaged("shard \(shard) is not where it should be")
            }
            var left = part.bytes
            var own = SHA256()
            while left > 0 {
                let chunk = try stream.read(min(left, Self.chunkBytes))
                guard !chunk.isEmpty else { throw damaged("it ends within shard \(shard)") }
                left -= chunk.count
                bytes += chunk.count
                own.update(data: chunk)
                hash.update(data: chunk)
                try take(shard, chunk)
            }
            guard own.finalize().hex == part.sha256 else { throw damaged("shard \(shard) differs") }
        }
        let total = hash.finalize().hex
        let end = try Self.header(of: stream, &hash, &bytes)
        guard end.name == BackupPart.end, end.sha256 == total else { throw damaged("its end differs") }
        guard try stream.read(1).isEmpty else { throw damaged("something follows its end") }
        return bytes
    }

    /// Reads all of it.
    ///
    /// - Returns: what it is, and its size.
    package static func check(_ path: String) throws(BackupError) -> (manifest: BackupManifest, bytes: Int) {
        let reader = try BackupReader(path: path)
        do {
            return (reader.manifest, try reader.shards { (_, _) in })
        } catch let error as BackupError {
            throw error
        } catch {
            throw .damaged(file: path, detail: "\(error)")
        }
    }

    private func damaged(_ detail: String) -> BackupError { .damaged(file: stream.path, detail: detail) }

    private static func header(
        of stream: BackupStream, _ hash: inout SHA256, _ bytes: inout Int
    ) throws(BackupError) -> BackupPart {
        let cut = BackupError.damaged(file: stream.path, detail: "it is cut short")
        let head = try stream.read(4)
        guard head.count == 4 else { throw cut }
        let count = head.reduce(0) { $0 << 8 | Int($1) }
        guard count <= headerBytes else { throw .damaged(file: stream.path, detail: "a part's header is none") }
        let text = try stream.read(count)
        guard text.count == count else { throw cut }
        guard let part = try? JSONDecoder().decode(BackupPart.self, from: Data(text)), part.bytes >= 0 else {
            throw .damaged(file: stream.path, detail: "a part's header is none")
        }
        hash.update(data: head + text)
        bytes += 4 + count
        return part
    }
}
