#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The file beside a database that holds what was not checkpointed yet.
package enum WriteAheadFile {
    /// Its size; 0 when there is none.
    package static func bytes(of database: String) -> Int {
        var status = stat()
        return stat(database + "-wal", &status) == 0 ? Int(status.st_size) : 0
    }
}
