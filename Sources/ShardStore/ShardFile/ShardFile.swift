/// A shard's file, `shards/NNNN-GENERATION.db`: the tables of what was applied. One connection, used by the shard's applier
/// alone, which keeps other processes out.
///
/// The log holds every entry, so a commit need not be durable: WAL with `synchronous=NORMAL`, and one transaction spans as
/// many entries as its owner likes. After a crash the tail is applied again from ``appliedIndex``.
public final class ShardFile {
    package let connection: Connection
    /// Where it is; `nil` in memory.
    let path: String?
    /// The last entry whose effects are in the file's last commit.
    public private(set) var committedIndex: UInt64

    /// The last entry that no power loss can take from the file, as far as this process has seen to it.
    private var durableIndex: UInt64 = 0
    /// Whether somebody is copying the file: see ``freeze()``.
    package internal(set) var isFrozen = false
    /// Through which it is copied.
    var readable: ReadableFile?

    private let begin: Statement
    private let end: Statement
    private let setPosition: Statement

    /// Opens or creates the file of `shard` and brings its tables up to date. O(1), whatever it holds: no scan of its
    /// contents. `nil`: in memory.
    ///
    /// - Parameters:
    ///   - cluster: the cluster's id, written into a file that names none yet; `nil` asks nothing.
    ///   - creating: `false` for a file that must be there with contents: a snapshot that was received.
    /// - Throws: ``StoreError/foreign(file:detail:)`` for a file of another shard, cluster or program, and whatever else is
    ///   wrong with it; its contents are left as they are.
    package convenience init(
        path: String?, shard: UInt16, cluster: String? = nil, creating: Bool = true, migrations: Migrations
    ) throws(StoreError) {
        let connection = try Connection(path: path, creating: creating)
        if path != nil {
            try connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            if !creating, try connection.number("PRAGMA page_count") == 0 {
                throw .corrupt(file: connection.file, detail: "it is empty")
            }
            guard try connection.text("PRAGMA journal_mode = WAL") == "wal" else {
                throw .cannotOpen(file: connection.file, detail: "its file system has no write-ahead logging")
            }
            try connection.execute("PRAGMA wal_autocheckpoint = 0")
            try connection.execute("PRAGMA synchronous = NORMAL")
        }
        try self.init(connection, path: path, shard: shard, cluster: cluster, migrations: migrations)
    }

    /// Opens a snapshot that was taken as bytes, in memory.
    package convenience init(
        image: [UInt8], shard: UInt16, cluster: String? = nil, migrations: Migrations
    ) throws(StoreError) {
        try self.init(try Connection(image: image), path: nil, shard: shard, cluster: cluster, migrations: migrations)
    }

    private init(
        _ connection: Connection, path: String?, shard: UInt16, cluster: String?, migrations: Migrations
    ) throws(StoreError) {
        self.connection = connection
        self.path = path
        try connection.execute("PRAGMA cache_size = -\(Limits.shardCacheKiB)")
        try connection.execute("PRAGMA temp_store = MEMORY")
        // A deleted user leaves nothing in free space.
        try connection.execute("PRAGMA secure_delete = ON")
        try migrations.run(on: connection) { connection throws(StoreError) in
            try Self.claim(connection, shard: shard, cluster: cluster)
        }
        committedIndex = UInt64(bitPattern: try connection.number("SELECT applied FROM position"))
        begin = try connection.prepare("BEGIN IMMEDIATE")
        end = try connection.prepare("COMMIT")
        setPosition = try connection.prepare("UPDATE position SET applied = ?1")
    }

    /// Writes into a new file whose it is, and looks whether an old one is the right one.
    private static func claim(_ connection: Connection, shard: UInt16, cluster: String?) throws(StoreError) {
        let insert = try connection.prepare(
            "INSERT INTO position(id, shard, applied) VALUES(0, ?1, 0) ON CONFLICT DO NOTHING")
        insert.bind(1, Int(shard))
        try insert.run()
        let found = try connection.number("SELECT shard FROM position")
        guard found == shard else {
            throw .foreign(file: connection.file, detail: "it holds shard \(found), not shard \(shard)")
        }
        guard let cluster else { return }
        let owner = try connection.text("SELECT ifnull(cluster, '') FROM position")
        if owner.isEmpty {
            let take = try connection.prepare("UPDATE position SET cluster = ?1")
            take.bind(1, cluster)
            try take.run()
        } else if owner != cluster {
            throw .foreign(file: connection.file, detail: "it is of cluster \(owner), not of cluster \(cluster)")
        }
    }

    /// The table that every migration of a shard's file starts with.
    package static let positionTable = """
        CREATE TABLE position(
            id INTEGER PRIMARY KEY CHECK (id = 0), shard INTEGER NOT NULL, applied INTEGER NOT NULL
        ) STRICT;
        """

    /// The step after it: whose file it is. A file of before belongs to the first cluster that opens it.
    package static let clusterColumn = "ALTER TABLE position ADD COLUMN cluster TEXT;"

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

    /// Makes the last commit durable: copies the write-ahead file into the file and syncs it. Nothing happens while the file is
    /// being copied (``freeze()``).
    ///
    /// - Returns: the last entry that no power loss can take from the file.
    package func checkpoint() throws(StoreError) -> UInt64 {
        if isFrozen { return durableIndex }
        let durable = committedIndex
        guard try connection.checkpoint(truncating: true) else { throw .locked(file: connection.file) }
        durableIndex = durable
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
