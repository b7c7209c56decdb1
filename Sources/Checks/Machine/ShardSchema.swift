import ShardStore

/// The tables of a shard's file, in numbered steps that are only ever appended to.
enum ShardSchema {
    /// `dmcS`: marks a file as a shard's.
    static let migrations = Migrations(applicationID: 0x646D_6353, steps: [v1])

    private static let v1 =
        ShardFile.positionTable + """
            CREATE TABLE state(key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
            """
}
