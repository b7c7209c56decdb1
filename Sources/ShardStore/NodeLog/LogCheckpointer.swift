/// Checkpoints `node.db` from a background thread, on a connection of its own, so that a write waits for no checkpoint.
///
/// Owned by one thread, which must not be the log writer's; not `Sendable`. The writer goes on meanwhile: a checkpoint copies
/// what was committed before it and starts the write-ahead file anew once nothing is left to copy.
public final class LogCheckpointer {
    private let connection: Connection
    private let version: Statement
    private var lastVersion: Int64 = 0

    /// Opens the file that a ``NodeLog`` has made.
    public init(path: String) throws(StoreError) {
        connection = try Connection(path: path)
        try connection.execute("PRAGMA wal_autocheckpoint = 0")
        try connection.execute("PRAGMA synchronous = FULL")
        version = try connection.prepare("PRAGMA data_version")
    }

    /// Copies what was committed and syncs the file.
    ///
    /// - Returns: whether nothing was left to copy at that moment.
    public func run() throws(StoreError) -> Bool { try connection.checkpoint(truncating: false) }

    /// Whether the log was written since the last call. Costs no access to the disk.
    public func sawWrites() throws(StoreError) -> Bool {
        guard try version.next() else { return false }
        let found = version.int(0)
        version.reset()
        defer { lastVersion = found }
        return found != lastVersion
    }

    /// Copies everything and empties the write-ahead file: for a log that is idle. A write that comes meanwhile waits only for
    /// what was committed after the copying, which is mostly nothing.
    ///
    /// - Returns: whether the write-ahead file is empty; `false` when a write came between.
    public func truncate() throws(StoreError) -> Bool {
        guard try run() else { return false }
        return try connection.checkpoint(truncating: true)
    }
}
