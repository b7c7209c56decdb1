/// The tables of `node.db`.
enum NodeLogSchema {
    /// `dmcL`: marks a file as a node's log.
    static let migrations = Migrations(applicationID: 0x646D_634C, steps: [v1, v2])

    private static let v1 = """
        CREATE TABLE node(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE groups(
            id INTEGER PRIMARY KEY, replica INTEGER NOT NULL, term INTEGER NOT NULL, vote INTEGER NOT NULL,
            committed INTEGER NOT NULL, base_index INTEGER NOT NULL, base_term INTEGER NOT NULL,
            configuration BLOB NOT NULL
        ) STRICT;
        CREATE TABLE records(
            key INTEGER PRIMARY KEY, term INTEGER NOT NULL, kind INTEGER NOT NULL, payload BLOB NOT NULL
        ) STRICT;
        CREATE TABLE registry(
            id INTEGER PRIMARY KEY CHECK (id = 0), applied INTEGER NOT NULL, state BLOB NOT NULL
        ) STRICT;
        """

    /// Which file is the shard's, and which log is the group's: a replica that comes after another one, or a snapshot, starts
    /// a log of its own, so that what is left of the one before can never be taken for its records.
    private static let v2 = """
        ALTER TABLE groups ADD COLUMN generation INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE groups ADD COLUMN log INTEGER NOT NULL DEFAULT 0;
        UPDATE groups SET log = id;
        CREATE UNIQUE INDEX groups_log ON groups(log);
        """

    /// Log and index as one integer: a log's records are neighbours, in order.
    static func key(_ log: LogNumber, _ index: UInt64) -> Int64 {
        precondition(index <= Limits.logIndex, "a log's index fits 47 bits")
        return Int64(log.rawValue) << 47 | Int64(index)
    }

    /// The index in a key.
    static func index(of key: Int64) -> UInt64 { UInt64(key) & Limits.logIndex }

    /// The log in a key.
    static func log(of key: Int64) -> LogNumber { LogNumber(rawValue: UInt16(truncatingIfNeeded: key >> 47)) }
}
