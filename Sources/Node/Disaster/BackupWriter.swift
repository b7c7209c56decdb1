import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Writes a backup: `NAME.part` until everything is in it, synced and read back, then `NAME`. Private (`0600`): whoever has the
/// file has every user, every verdict, and the keys that place and hide names.
///
/// A magic line, then parts: four bytes with the length of a header in JSON, the header, the part's bytes. Not `Sendable`.
public final class BackupWriter {
    /// What every backup begins with.
    static let magic = Array("dmcheck-backup\n".utf8)

    private let path: String
    private let stream: BackupStream
    private var hash = SHA256()
    private var bytes = 0
    private var isKept = false
    /// Where the part under way began.
    private var mark = (hash: SHA256(), bytes: 0)

    private var temporary: String { path + ".part" }

    /// Begins a backup.
    ///
    /// - Throws: ``BackupError/exists(file:)`` when the name is taken, or what the system says.
    public init(path: String, manifest: BackupManifest) throws(BackupError) {
        guard !BackupStream.exists(path) else { throw .exists(file: path) }
        self.path = path
        stream = try BackupStream.creating(path + ".part")
        try put(Self.magic)
        guard let bytes = try? JSONEncoder().encode(manifest) else { throw .foreign(file: path) }
        try put(BackupPart(name: BackupPart.manifest, bytes: bytes.count, sha256: SHA256.hash(data: bytes).hex))
        try put(Array(bytes))
    }

    /// What was not finished leaves nothing.
    deinit { if !isKept { PrivateFile.remove(temporary) } }

    /// Begins the part of a shard, as its node announced it; ``append(_:)`` brings its bytes.
    public func begin(shard: Int, bytes: Int, sha256: String) throws(BackupError) {
        mark = (hash, self.bytes)
        try put(BackupPart(name: BackupPart.shard(shard), bytes: bytes, sha256: sha256))
    }

    /// Adds to the part.
    public func append(_ bytes: [UInt8]) throws(BackupError) { try put(bytes) }

    /// Takes the part under way back: what was to come did not.
    public func rewind() throws(BackupError) {
        try stream.truncate(to: mark.bytes)
        (hash, bytes) = mark
    }

    /// Ends the backup, makes it durable, and reads all of it back.
    ///
    /// - Returns: its size in bytes.
    /// - Throws: ``BackupError``; then there is no file.
    public func finish() throws(BackupError) -> Int {
        let end = BackupPart(name: BackupPart.end, bytes: 0, sha256: hash.finalize().hex)
        try put(end)
        try stream.sync()
        let size = try BackupReader.check(temporary).bytes
        try BackupStream.move(temporary, to: path)
        isKept = true
        return size
    }

    private func put(_ part: BackupPart) throws(BackupError) {
        guard let header = try? JSONEncoder().encode(part) else { throw .foreign(file: path) }
        try put(withUnsafeBytes(of: UInt32(header.count).bigEndian) { Array($0) } + header)
    }

    private func put(_ bytes: [UInt8]) throws(BackupError) {
        hash.update(data: bytes)
        self.bytes += bytes.count
        try stream.write(bytes)
    }
}
