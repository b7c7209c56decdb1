#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file that is only read, at any place and from any thread.
///
/// A shard's file has at most one, and for as long as its connection is open: when a process closes a file anywhere, all its
/// locks on that file are gone, SQLite's too (fcntl(2), "advisory record locking").
final class ReadableFile: Sendable {
    /// Bytes that are read and written at once: few calls, and no memory worth mentioning.
    private static let chunkBytes = 256 << 10

    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws(StoreError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Disk.failure(path) }
    }

    deinit { close(descriptor) }

    /// So many bytes from there on; `nil` when the file ends before, or can't be read.
    func bytes(at offset: Int, count: Int) -> [UInt8]? {
        var isWhole = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
            isWhole = filled == count
        }
        return isWhole ? bytes : nil
    }

    /// Writes all of it into a new file, this user's alone, and syncs that.
    func copy(into target: String) throws(StoreError) {
        let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw Disk.failure(target) }
        defer { close(output) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkBytes, alignment: 4096)
        defer { buffer.deallocate() }
        var offset = 0
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Disk.failure(path) }
            if count == 0 { break }
            var written = 0
            while written < count {
                let done = write(output, buffer.baseAddress?.advanced(by: written), count - written)
                if done < 0, errno == EINTR { continue }
                guard done >= 0 else { throw Disk.failure(target) }
                written += done
            }
            offset += count
        }
        guard fsync(output) == 0 else { throw Disk.failure(target) }
    }
}
