/// A shard's file, `shards/NNNN-GENERATION.db`: the tables of what was applied. One connection, used by the shard's applier
/// alone, which keeps other processes out.
///
/// The log holds every entry, so a commit need not be durable: WAL with `synchronous=NORMAL`, and one transaction spans as
/// many entries as its owner likes. After a crash the tail is applied again from ``appliedIndex``.
public final class ShardFile {
    package let connection: Connection
    /// The last entry whose effects are in the file's last commit.
    public private(set) var committedIndex: UInt64

    private let begin: Statement
    private let end: Statement
    private let setPosition: Statement

    /// Opens or creates the file of `shard` and brings its tables up to date. O(1), whatever it holds: no scan of its
    /// contents. `nil`: in memory.
    package init(path: String?, shard: UInt16, migrations: Migrations) throws(StoreError) {
        connection = try Connection(path: path)
        if path != nil {
            try connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            guard try connection.text("PRAGMA journal_mode = WAL") == "wal" else {
                throw .cannotOpen(file: connection.file, detail: "its file system has no write-ahead logging")
            }
            try connection.execute("PRAGMA wal_autocheckpoint = 0")
            try connection.execute("PRAGMA synchronous = NORMAL")
        }
        try connection.execute("PRAGMA cache_size = -\(Limits.shardCacheKiB)")
        try connection.execute("PRAGMA temp_store = MEMORY")
        // A deleted user leaves nothing in free space.
        try connection.execute("PRAGMA secure_delete = ON")
        try migrations.run(on: connection)
        let owner = try connection.prepare(
            "INSERT INTO position(id, shard, applied) VALUES(0, ?1, 0) ON CONFLICT DO NOTHING")
        owner.bind(1, Int(shard))
        try owner.run()
        let found = try connection.number("SELECT shard FROM position")
        guard found == shard else {
            throw .foreign(file: connection.file, detail: "it holds shard \(found), not shard \(shard)")
        }
        committedIndex = UInt64(bitPattern: try connection.number("SELECT applied FROM position"))
        begin = try connection.prepare("BEGIN IMMEDIATE")
        end = try connection.prepare("COMMIT")
        setPosition = try connection.prepare("UPDATE position SET applied = ?1")
    }

    /// The table that every migration of a shard's file starts with.
    package static let positionTable = """
        CREATE TABLE position(
            id INTEGER PRIMARY KEY CHECK (id = 0), shard INTEGER NOT NULL, applied INTEGER NOT NULL
        ) STRICT;
        """

    /// Opens the transaction, unless it is open.
    package func openTransaction() throws(StoreError) {
        if !connection.inTransaction { try begin.run() }
    }

    /// Ends the transaction, if one is open, with `applied` in it.
    package func commit(applied: UInt64) throws(StoreError) {
        guard connection.inTransaction else { return }
        setPosition.bind(1, Int64(bitPattern: applied))
        try setPosition.run()
        try end.run()
        committedIndex = applied
    }

    /// Makes the last commit durable: copies the write-ahead file into the file and syncs it.
    ///
    /// - Returns: the last entry that no power loss can take from the file.
    package func checkpoint() throws(StoreError) -> UInt64 {
        let durable = committedIndex
        guard try connection.checkpoint(truncating: true) else { throw .locked(file: connection.file) }
        return durable
    }

    /// A look at every page (`PRAGMA quick_check`), on demand only: O(size of the file).
    ///
    /// - Throws: ``StoreError/corrupt(file:detail:)`` with what was found.
    public func check() throws(StoreError) {
        let found = try connection.text("PRAGMA quick_check(1)")
        guard found == "ok" else { throw .corrupt(file: connection.file, detail: found) }
    }
}
