#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the store does with files beside SQLite. Every failure is a ``StoreError``.
enum Disk {
    /// Whether there is something under that name.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Makes a file's contents durable, or with a folder its names.
    static func sync(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    /// Makes the names in a file's folder durable.
    static func syncFolder(of path: String) throws(StoreError) { try sync(folder(of: path)) }

    /// Deletes a file.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    static func delete(_ path: String) throws(StoreError) -> Bool {
        if unlink(path) == 0 { return true }
        if errno == ENOENT { return false }
        throw failure(path)
    }

    /// Gives a file another name, durably.
    static func move(_ path: String, to target: String) throws(StoreError) {
        guard rename(path, target) == 0 else { throw failure(target) }
        try syncFolder(of: target)
        if folder(of: path) != folder(of: target) { try syncFolder(of: path) }
    }

    /// The names in a folder, sorted; none when there is no such folder.
    static func names(in folder: String) throws(StoreError) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw failure(folder)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// What the system's last call has to say about that file.
    static func failure(_ path: String) -> StoreError {
        let code = errno
        return switch code {
        case ENOSPC, EDQUOT: .diskFull(file: path)
        case EROFS, EACCES, EPERM: .readOnly(file: path)
        case ENOENT, ENOTDIR: .cannotOpen(file: path, detail: String(cString: strerror(code)))
        default: .failedIO(file: path, detail: String(cString: strerror(code)))
        }
    }
}
