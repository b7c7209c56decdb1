/// The tables of `node.db`.
enum NodeLogSchema {
    /// `dmcL`: marks a file as a node's log.
    static let migrations = Migrations(applicationID: 0x646D_634C, steps: [v1])

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

    /// Group and index as one integer: a group's records are neighbours, in order.
    static func key(_ group: GroupID, _ index: UInt64) -> Int64 {
        precondition(index <= Limits.logIndex, "a log's index fits 47 bits")
        return Int64(group.rawValue) << 47 | Int64(index)
    }

    /// The index in a key.
    static func index(of key: Int64) -> UInt64 { UInt64(key) & Limits.logIndex }
}
