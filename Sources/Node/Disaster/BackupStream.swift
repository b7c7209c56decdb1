#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// The system's calls, under names that the methods below do not hide.
private let systemRead: @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int = { read($0, $1, $2) }
private let systemWrite: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { write($0, $1, $2) }

/// An open file of a backup, read or written from front to back. Closed with its last reference; not `Sendable`.
final class BackupStream {
    let path: String
    private let descriptor: Int32

    private init(_ path: String, _ flags: Int32) throws(BackupError) {
        self.path = path
        descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
    }

    deinit { close(descriptor) }

    static func reading(_ path: String) throws(BackupError) -> BackupStream { try BackupStream(path, O_RDONLY) }

    /// A new file, this user's alone; one of the same name is what an earlier attempt left.
    static func creating(_ path: String) throws(BackupError) -> BackupStream {
        try BackupStream(path, O_WRONLY | O_CREAT | O_TRUNC)
    }

    /// As many bytes as asked for, fewer only at the end.
    func read(_ count: Int) throws(BackupError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                systemRead(descriptor, $0.baseAddress?.advanced(by: filled), count - filled)
            }
            guard got >= 0 else { throw Self.failure(path) }
            if got == 0 { break }
            filled += got
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    func write(_ bytes: [UInt8]) throws(BackupError) {
        var written = 0
        while written < bytes.count {
            let put = bytes.withUnsafeBytes {
                systemWrite(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
            }
            guard put > 0 else { throw Self.failure(path) }
            written += put
        }
    }

    /// Forgets what follows, and goes on writing there.
    func truncate(to count: Int) throws(BackupError) {
        guard ftruncate(descriptor, off_t(count)) == 0, lseek(descriptor, off_t(count), SEEK_SET) >= 0 else {
            throw Self.failure(path)
        }
    }

    func sync() throws(BackupError) {
        guard fsync(descriptor) == 0 else { throw Self.failure(path) }
    }

    /// Gives a file its name, durably.
    static func move(_ path: String, to target: String) throws(BackupError) {
        guard rename(path, target) == 0 else { throw failure(target) }
        let folder = target.lastIndex(of: "/").map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
        try BackupStream(folder, O_RDONLY | O_DIRECTORY).sync()
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private static func failure(_ path: String) -> BackupError {
        .system(file: path, detail: String(cString: strerror(errno)))
    }
}
