#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// The system's calls, under names that the functions below do not hide.
private let systemWrite: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { write($0, $1, $2) }
private let systemRead: @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int = { read($0, $1, $2) }

/// Files of the data folder: private (`0600` in a `0700` folder) and durable before they count.
enum PrivateFile {
    /// A file of the folder is small; what is larger was not written by a node.
    static let maximumSize = 1 << 20

    /// From now on whatever this process creates is its user's alone, also what SQLite creates.
    static func makePrivateByDefault() { umask(0o077) }

    /// Replaces `path` as a whole: a temporary file beside it, synced, renamed, and the folder synced.
    static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(StartError) {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StartError.writing(path, errno) }
        var remaining = Array(bytes)[...]
        while !remaining.isEmpty {
            let written = remaining.withUnsafeBytes { writeBytes(descriptor, $0) }
            guard written > 0 else {
                let code = errno
                close(descriptor)
                unlink(temporary)
                throw StartError.writing(path, code)
            }
            remaining = remaining.dropFirst(written)
        }
        guard fchmod(descriptor, 0o600) == 0, fsync(descriptor) == 0, close(descriptor) == 0,
            rename(temporary, path) == 0
        else { throw StartError.writing(path, errno) }
        try syncFolder(of: path)
    }

    /// The file's bytes; `nil` when there is no such file.
    static func read(_ path: String) throws(StartError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw StartError.reading(path, errno)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = chunk.withUnsafeMutableBytes { readBytes(descriptor, $0) }
            guard count >= 0 else { throw StartError.reading(path, errno) }
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
            guard bytes.count <= maximumSize else {
                throw StartError(
                    "\(path) is larger than a node writes", remedy: "restore it from a backup of this folder")
            }
        }
    }

    /// Makes a private folder, with those above it; an existing one is made private.
    static func makeFolder(_ path: String) throws(StartError) {
        var partial = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            partial += (partial.isEmpty || partial.hasSuffix("/") ? "" : "/") + part
            if mkdir(partial, 0o700) != 0, errno != EEXIST, errno != EISDIR {
                throw StartError.writing(partial, errno)
            }
        }
        if chmod(path, 0o700) != 0 { throw StartError.writing(path, errno) }
    }

    /// Whether a folder is there, or something else; `nil` when nothing is.
    static func isFolder(_ path: String) throws(StartError) -> Bool? {
        guard let stream = opendir(path) else {
            switch errno {
            case ENOENT: return nil
            case ENOTDIR: return false
            case let error: throw StartError.reading(path, error)
            }
        }
        closedir(stream)
        return true
    }

    /// Removes a file; one that is not there is gone already.
    static func remove(_ path: String) { unlink(path) }

    /// The names in a folder, sorted.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func syncFolder(of path: String) throws(StartError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StartError.writing(folder, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StartError.writing(folder, errno) }
    }

    private static func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        systemWrite(descriptor, bytes.baseAddress, bytes.count)
    }

    private static func readBytes(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
        systemRead(descriptor, bytes.baseAddress, bytes.count)
    }
}

extension StartError {
    /// The system refused to write.
    static func writing(_ path: String, _ code: Int32) -> StartError {
        switch code {
        case ENOSPC, EDQUOT:
            StartError("no space left to write \(path)", remedy: "free space on its disk, then start again")
        case EROFS: StartError("\(path) is on a read-only file system", remedy: "mount it writable, then start again")
        case EACCES, EPERM:
            StartError(
                "no permission to write \(path)",
                remedy: "give the user that runs dmcheck the folder (chown, chmod u+rwx)")
        default:
            StartError(
                "cannot write \(path) (\(String(cString: strerror(code))))",
                remedy: "mend the disk or choose another --data")
        }
    }

    /// The system refused to read.
    static func reading(_ path: String, _ code: Int32) -> StartError {
        switch code {
        case EACCES, EPERM:
            StartError(
                "no permission to read \(path)",
                remedy: "give the user that runs dmcheck the folder (chown, chmod u+rwx)")
        default:
            StartError(
                "cannot read \(path) (\(String(cString: strerror(code))))", remedy: "mend the disk or restore a backup")
        }
    }
}
