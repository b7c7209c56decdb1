import NIOCore
import ShardStore

/// Keeps the write-ahead file of `node.db` short from a thread of its own, so that no write ever waits for a long checkpoint.
actor LogKeeper {
    /// Bytes of the write-ahead file from which a checkpoint is worth its fsync.
    static let worthwhile = 8 << 20

    private nonisolated let executor: any SerialExecutor
    private let path: String
    /// `nil` once it is closed.
    private var checkpointer: LogCheckpointer?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(path: String, on loop: any EventLoop) throws {
        executor = loop.executor
        self.path = path
        checkpointer = try LogCheckpointer(path: path)
    }

    /// Copies what the log writer has committed, if there is enough of it; a log that has come to rest gives the
    /// write-ahead file's space back.
    func keep() throws {
        guard let checkpointer else { return }
        let bytes = WriteAheadFile.bytes(of: path)
        let wasWritten = try checkpointer.sawWrites()
        if bytes >= Self.worthwhile {
            _ = try checkpointer.run()
        } else if bytes > 0, !wasWritten {
            _ = try checkpointer.truncate()
        }
    }

    /// Closes its connection, at a clean stop.
    func close() { checkpointer = nil }
}
