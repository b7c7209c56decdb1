#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One process a data folder: an advisory lock on `dmcheck.pid`, which the system drops with the process, however it ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock and writes this process's number into the file; refuses when another process has it.
    init(path: String) throws(StartError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StartError.writing(path, errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var bytes = [UInt8](repeating: 0, count: 32)
            let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            let holder = String(
                decoding: bytes.prefix(max(0, count)).prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self)
            close(descriptor)
            throw StartError(
                "the data folder is in use by another dmcheck\(holder.isEmpty ? "" : " (process \(holder))")",
                remedy: "stop that one first, or start with another --data"
            )
        }
        let text = Array("\(getpid())\n".utf8)
        let written = text.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == text.count, ftruncate(descriptor, off_t(text.count)) == 0 else {
            let code = errno
            close(descriptor)
            throw StartError.writing(path, code)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
