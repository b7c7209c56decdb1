/// Checkpoints `node.db` from a background thread, on a connection of its own, so that a write waits for no checkpoint.
///
/// Owned by one thread, which must not be the log writer's; not `Sendable`. The writer goes on meanwhile: a checkpoint copies
/// what was committed before it and starts the write-ahead file anew once nothing is left to copy.
public final class LogCheckpointer {
    private let connection: Connection

    /// Opens the file that a ``NodeLog`` has made.
    public init(path: String) throws(StoreError) {
        connection = try Connection(path: path)
        try connection.execute("PRAGMA wal_autocheckpoint = 0")
        try connection.execute("PRAGMA synchronous = FULL")
    }

    /// Copies what was committed and syncs the file.
    ///
    /// - Returns: whether nothing was left to copy at that moment.
    public func run() throws(StoreError) -> Bool { try connection.checkpoint(truncating: false) }
}
