import GRDBSQLite

/// One connection to one SQLite file, on SQLite's own interface (GRDB's module of the system's library): a row takes no way
/// through a dictionary, a statement is compiled once.
///
/// Not thread-safe: whoever owns it uses it from one thread at a time.
package final class Connection {
    /// The file's path, for messages.
    package let file: String
    let handle: OpaquePointer
    /// Statements run since the file was opened (N7).
    package internal(set) var statements: UInt64 = 0

    /// Opens the file, or creates it unless `creating` forbids it. `nil` opens a database in memory.
    package init(path: String?, creating: Bool = true) throws(StoreError) {
        file = path ?? "a database in memory"
        var opened: OpaquePointer?
        let flags =
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
            | (creating || path == nil ? SQLITE_OPEN_CREATE : 0)
        let code = sqlite3_open_v2(path ?? ":memory:", &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "no memory"
            sqlite3_close_v2(opened)
            throw StoreError(code: code, message: message, file: file)
        }
        handle = opened
    }

    /// Every statement keeps its connection, so none is left when it closes.
    deinit { sqlite3_close_v2(handle) }

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

    /// Rows written, changed and deleted since the file was opened (N7).
    package var rows: UInt64 { UInt64(clamping: sqlite3_total_changes64(handle)) }

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
