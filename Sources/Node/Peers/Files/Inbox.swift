import Crypto
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The folder into which files from peers come: `NAME.part` until they are whole, then `NAME`, with names that are never used
/// again.
struct Inbox: Sendable {
    let folder: String

    private static let head = "received-"
    private static let unfinished = ".part"

    /// Makes the folder and deletes what an earlier run left unfinished.
    func prepare() throws(StartError) {
        try PrivateFile.makeFolder(folder)
        for name in PrivateFile.names(in: folder) where name.hasPrefix(Self.head) && name.hasSuffix(Self.unfinished) {
            unlink(folder + "/" + name)
        }
    }

    /// Begins a file.
    func begin() async throws -> Incoming {
        var random = SystemRandomNumberGenerator()
        let name = Self.head + Base64URL.encode((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        let path = folder + "/" + name
        return Incoming(folder: folder, path: path, file: try await .creating(path + Self.unfinished))
    }

    /// A file on its way in. Ends with ``keep(digest:)`` or ``discard()``, one of them, once.
    struct Incoming {
        private let folder: String
        private let path: String
        private let file: DiskFile
        private var hash = SHA256()
        private var bytes: Int64 = 0

        fileprivate init(folder: String, path: String, file: DiskFile) {
            self.folder = folder
            self.path = path
            self.file = file
        }

        mutating func append(_ chunk: ByteBuffer) async throws {
            bytes += Int64(chunk.readableBytes)
            guard bytes <= PeerLimits.fileBytes else { throw FileTransferError.tooLarge }
            chunk.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
            try await file.write(chunk)
        }

        /// Compares the digest and makes the file durable under its name.
        ///
        /// - Returns: where it is.
        func keep(digest: ByteBuffer) async throws -> String {
            guard digest.readableBytesView.elementsEqual(hash.finalize()) else { throw FileTransferError.refused }
            try await file.sync()
            guard rename(file.path, path) == 0 else { throw DiskError(path: path, code: errno) }
            try await DiskFile.syncFolder(folder)
            file.close()
            return path
        }

        func discard() {
            file.close()
            unlink(file.path)
            // The name is there already when only the folder could not be synced.
            unlink(path)
        }
    }
}
