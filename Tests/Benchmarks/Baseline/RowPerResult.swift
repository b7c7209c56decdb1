import Foundation
import GRDBSQLite

/// The limit that the node is compared with: SQLite alone, in C, when every result is a row of its own.
///
/// One writer, WAL, `synchronous=FULL`. A submit updates 180 neighbouring tasks and inserts 180 results; 16 submits
/// share a transaction, as they could if 16 volunteers reported at the same moment. A result is keyed by its user and lease,
/// the least by which it can be found again. There is no network, no JSON, no lease,
/// nobody is authenticated and nothing is looked up: whatever does those things as well can hardly be faster.
struct RowPerResult {
    enum Failure: Error, CustomStringConvertible {
        case sqlite(String, Int32)

        var description: String {
            switch self {
            case .sqlite(let statement, let code): "SQLite answered \(code) to: \(statement)"
            }
        }
    }

    private let database: OpaquePointer

    /// Makes the file and stores the tasks that will be checked.
    init(path: String, tasks: Int) throws {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else { throw Failure.sqlite("open", code) }
        database = handle
        try execute("PRAGMA journal_mode=WAL")
        try execute("PRAGMA synchronous=FULL")
        try execute(
            "CREATE TABLE tasks(uid INTEGER PRIMARY KEY, name TEXT NOT NULL, state INTEGER NOT NULL, lease INTEGER) STRICT"
        )
        try execute(
            """
            CREATE TABLE results(uid INTEGER NOT NULL, lease INTEGER NOT NULL, client INTEGER NOT NULL, \
            verdict INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(uid, lease)) STRICT, WITHOUT ROWID
            """)
        try execute(
            """
            WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < \(tasks)) \
            INSERT INTO tasks SELECT i, 'name_' || i, 2, i / \(Limits.bucketSize) FROM n
            """)
        try execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    func close() {
        sqlite3_close_v2(database)
    }

    /// Stores the results of all tasks; answers users a second, the last checkpoint included.
    func storeAll(tasks: Int) throws -> Double {
        let update = try prepare("UPDATE tasks SET state = 3 WHERE uid = ?1")
        let insert = try prepare("INSERT INTO results(uid, client, lease, verdict, at) VALUES(?1, ?2, ?3, ?4, ?5)")
        defer {
            sqlite3_finalize(update)
            sqlite3_finalize(insert)
        }
        let submits = tasks / Limits.bucketSize
        let clock = ContinuousClock()
        let began = clock.now
        for first in stride(from: 0, to: submits, by: Limits.submitsPerTransaction) {
            try execute("BEGIN IMMEDIATE")
            for submit in first..<min(first + Limits.submitsPerTransaction, submits) {
                for position in 1...Limits.bucketSize {
                    let uid = Int64(submit * Limits.bucketSize + position)
                    sqlite3_bind_int64(update, 1, uid)
                    try run(update)
                    sqlite3_bind_int64(insert, 1, uid)
                    sqlite3_bind_int64(insert, 2, Int64(submit % Limits.volunteers))
                    sqlite3_bind_int64(insert, 3, Int64(submit))
                    sqlite3_bind_int64(insert, 4, uid % 6)
                    sqlite3_bind_int64(insert, 5, 1_700_000_000_000 + uid)
                    try run(insert)
                }
            }
            try execute("COMMIT")
        }
        try execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Double(submits * Limits.bucketSize) / (clock.now - began).seconds
    }

    private func prepare(_ sql: String) throws -> OpaquePointer {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw Failure.sqlite(sql, code) }
        return statement
    }

    private func run(_ statement: OpaquePointer) throws {
        let code = sqlite3_step(statement)
        guard code == SQLITE_DONE else { throw Failure.sqlite(String(cString: sqlite3_sql(statement)), code) }
        sqlite3_reset(statement)
    }

    private func execute(_ sql: String) throws {
        let code = sqlite3_exec(database, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw Failure.sqlite(sql, code) }
    }
}

extension Duration {
    /// The duration as seconds, exact to a nanosecond for anything measured here.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
