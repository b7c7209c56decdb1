/// `node.db`: the logs of all groups of one node, its identity and the registry's state.
///
/// Everything that is pending for all groups becomes one transaction and one fsync (``write(_:)``). What a write promised is
/// durable when the call returns: the connection runs with `synchronous=FULL`, which is asserted. After any error of
/// ``write(_:)`` nobody knows what the disk holds: the process must end, never retry.
///
/// Owned by one thread, the log writer; not `Sendable`. Only ``LogCheckpointer`` touches the file beside it.
public final class NodeLog {
    let connection: Connection
    /// What was done since the log was opened.
    public internal(set) var figures = LogFigures()
    /// Where each group's records are.
    var numbers: LogNumbers
    /// Since something was deleted, free pages may be worth giving back.
    var mayShrink = true
    /// Once begun, it goes on to ``Limits/freePages``' lower mark.
    var isShrinking = false

    private let path: String?
    private let begin: Statement
    private let end: Statement
    private let setHardState: Statement
    private let setConfiguration: Statement
    private let setRegistry: Statement
    private let truncate: Statement
    private let append: Statement

    /// Opens or creates the file. O(number of groups), whatever it holds, except that a small file of a version that could not
    /// shrink is written anew, once. `nil`: in memory, for tests and simulations.
    ///
    /// - Throws: what is wrong with the file; nothing is changed then.
    public init(path: String?) throws(StoreError) {
        self.path = path
        if let path { try WriteAheadFile.checkSynced(of: path) }
        connection = try Connection(path: path)
        if path != nil {
            try Self.makeShrinkable(connection)
            guard try connection.text("PRAGMA journal_mode = WAL") == "wal" else {
                throw .cannotOpen(file: connection.file, detail: "its file system has no write-ahead logging")
            }
            try connection.execute("PRAGMA wal_autocheckpoint = 0")
            try connection.execute("PRAGMA journal_size_limit = \(Limits.keptWriteAheadBytes)")
            try connection.execute("PRAGMA synchronous = FULL")
            guard try connection.number("PRAGMA synchronous") == 2 else {
                throw .refused(file: connection.file, detail: "synchronous=FULL was not taken")
            }
        }
        try connection.execute("PRAGMA cache_size = -\(Limits.logCacheKiB)")
        try NodeLogSchema.migrations.run(on: connection)
        if path != nil { try Self.convert(connection) }
        // Only from here on: a file that another process uses is told at once.
        try connection.execute("PRAGMA busy_timeout = \(Limits.busyMilliseconds)")
        numbers = try LogNumbers(connection)
        begin = try connection.prepare("BEGIN IMMEDIATE")
        end = try connection.prepare("COMMIT")
        setHardState = try connection.prepare("UPDATE groups SET term = ?2, vote = ?3, committed = ?4 WHERE id = ?1")
        setConfiguration = try connection.prepare("UPDATE groups SET configuration = ?2 WHERE id = ?1")
        setRegistry = try connection.prepare(
            "INSERT INTO registry VALUES(0, ?1, ?2) ON CONFLICT(id) DO UPDATE SET applied = ?1, state = ?2")
        truncate = try connection.prepare("DELETE FROM records WHERE key BETWEEN ?1 AND ?2")
        append = try connection.prepare("INSERT INTO records VALUES(?1, ?2, ?3, ?4)")
    }

    /// Writes everything as one transaction with one fsync. Durable on return.
    ///
    /// - Throws: any error means that the contents of the disk are unknown; end the process.
    public func write(_ writes: [LogWrite]) throws(StoreError) {
        guard !writes.isEmpty else { return }
        try run(begin)
        for write in writes { try put(write) }
        try run(end)
        figures.transactions += 1
        figures.rows = connection.rows
        if let path, WriteAheadFile.bytes(of: path) > Limits.writeAheadBytes {
            try connection.checkpoint(truncating: true)
            figures.checkpoints += 1
        }
    }

    /// Counts and runs one statement.
    func run(_ statement: Statement) throws(StoreError) {
        figures.statements += 1
        try statement.run()
    }

    private func put(_ write: LogWrite) throws(StoreError) {
        if write.remove { try remove(write.group) }
        if let group = write.create { try create(group) }
        if let installation = write.install { try install(installation, for: write.group) }
        let group = Int(write.group.rawValue)
        if let state = write.hardState {
            setHardState.bind(1, group)
            setHardState.bind(2, Int64(bitPattern: state.term))
            setHardState.bind(3, Int64(bitPattern: state.vote))
            setHardState.bind(4, Int64(bitPattern: state.commit))
            try run(setHardState)
            try require(write.group)
        }
        if let configuration = write.configuration {
            setConfiguration.bind(1, group)
            setConfiguration.bind(2, configuration)
            try run(setConfiguration)
            try require(write.group)
        }
        if let from = write.truncateFrom {
            let log = try number(of: write.group)
            truncate.bind(1, NodeLogSchema.key(log, from))
            truncate.bind(2, NodeLogSchema.key(log, Limits.logIndex))
            try run(truncate)
        }
        for record in write.records {
            append.bind(1, NodeLogSchema.key(try number(of: write.group), record.index))
            append.bind(2, Int64(bitPattern: record.term))
            append.bind(3, Int(record.kind))
            append.bind(4, record.payload)
            try run(append)
            figures.records += 1
            figures.payloadBytes += UInt64(record.payload.count)
        }
        if let state = write.registryState {
            setRegistry.bind(1, Int64(bitPattern: state.applied))
            setRegistry.bind(2, state.bytes)
            try run(setRegistry)
        }
    }

    /// What is written for a group that is not here must not get lost silently.
    func require(_ group: GroupID) throws(StoreError) {
        guard connection.changes == 1 else { throw unknown(group) }
    }

    private func number(of group: GroupID) throws(StoreError) -> LogNumber {
        guard let number = numbers.ofGroup[group] else { throw unknown(group) }
        return number
    }

    private func unknown(_ group: GroupID) -> StoreError {
        .refused(file: connection.file, detail: "this node has no replica of group \(group.rawValue)")
    }
}
