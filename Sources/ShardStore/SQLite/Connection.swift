import GRDB
import GRDBSQLite

/// One connection to one SQLite file. GRDB opens, owns and closes it; statements run on SQLite's own interface, without a
/// row's way through a dictionary.
///
/// Not thread-safe: whoever owns it uses it from one thread at a time.
package final class Connection {
    /// The file's path, for messages; empty for a database in memory.
    package let file: String
    private let queue: DatabaseQueue
    let handle: OpaquePointer
    /// Statements run since the file was opened (N7).
    package internal(set) var statements: UInt64 = 0

    /// Opens the file, or creates it. `nil` opens a database in memory.
    package init(path: String?) throws(StoreError) {
        file = path ?? "a database in memory"
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        configuration.allowsUnsafeTransactions = true
        configuration.foreignKeysEnabled = false
        do {
            queue =
                if let path { try DatabaseQueue(path: path, configuration: configuration) } else {
                    try DatabaseQueue(configuration: configuration)
                }
            guard let handle = queue.unsafeRead({ $0.sqliteConnection }) else {
                throw StoreError.cannotOpen(file: file, detail: "no connection")
            }
            self.handle = handle
        } catch {
            throw Self.typed(error, file: file)
        }
        sqlite3_extended_result_codes(handle, 1)
        // GRDB's hooks tell observers of GRDB's own queue; statements that run beside that queue must not reach them.
        sqlite3_commit_hook(handle, nil, nil)
        sqlite3_rollback_hook(handle, nil, nil)
    }

    private static func typed(_ error: any Error, file: String) -> StoreError {
        switch error {
        case let error as StoreError: error
        case let error as DatabaseError:
            StoreError(
                code: error.extendedResultCode.rawValue, message: error.message ?? "no message", file: file)
        default: .cannotOpen(file: file, detail: "\(error)")
        }
    }

    /// Runs statements that return nothing.
    package func execute(_ sql: String) throws(StoreError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        if code != SQLITE_OK { throw failure(code) }
    }

    /// Compiles one statement for many uses.
    package func prepare(_ sql: String) throws(StoreError) -> Statement {
        var pointer: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
        guard code == SQLITE_OK, let pointer else { throw failure(code) }
        return Statement(pointer, of: self)
    }

    /// The first column of the first row, as a number; 0 when there is none.
    package func number(_ sql: String) throws(StoreError) -> Int64 {
        let statement = try prepare(sql)
        guard try statement.next() else { return 0 }
        let value = statement.int(0)
        statement.reset()
        return value
    }

    /// The first column of the first row, as text; empty when there is none.
    package func text(_ sql: String) throws(StoreError) -> String {
        let statement = try prepare(sql)
        guard try statement.next() else { return "" }
        let value = statement.text(0)
        statement.reset()
        return value
    }

    /// Rows that the last statement changed.
    package var changes: Int { Int(sqlite3_changes(handle)) }

    /// Whether a transaction is open.
    package var inTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// The typed error for the code that the last call returned.
    func failure(_ code: Int32) -> StoreError {
        StoreError(code: code, message: String(cString: sqlite3_errmsg(handle)), file: file)
    }

    /// Copies the write-ahead file into the database, as far as nobody's reading forbids it.
    ///
    /// - Parameter truncating: waits for a complete copy and empties the write-ahead file.
    /// - Returns: whether everything was copied (and, in a file, synced).
    @discardableResult
    package func checkpoint(truncating: Bool) throws(StoreError) -> Bool {
        var pages: Int32 = 0
        var copied: Int32 = 0
        let mode = truncating ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
        let code = sqlite3_wal_checkpoint_v2(handle, "main", mode, &pages, &copied)
        if code == SQLITE_BUSY { return false }
        if code != SQLITE_OK { throw failure(code) }
        return pages == copied
    }
}
