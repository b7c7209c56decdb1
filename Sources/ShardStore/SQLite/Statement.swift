import GRDBSQLite

/// A compiled statement, kept for as long as its owner lives. Parameters count from 1, columns from 0.
package final class Statement {
    private let pointer: OpaquePointer
    /// Keeps the connection open for as long as there is a statement of it.
    private let connection: Connection
    private var bindFailure = SQLITE_OK
    /// Between the first row and the end or a reset.
    private var isReading = false

    init(_ pointer: OpaquePointer, of connection: Connection) {
        self.pointer = pointer
        self.connection = connection
    }

    deinit { sqlite3_finalize(pointer) }

    /// Runs a statement that gives no rows; ready for the next use afterwards, also on failure.
    package func run() throws(StoreError) {
        connection.statements &+= 1
        let code = bindFailure == SQLITE_OK ? sqlite3_step(pointer) : bindFailure
        if code != SQLITE_DONE && code != SQLITE_ROW {
            let failure = connection.failure(code)
            reset()
            throw failure
        }
        sqlite3_reset(pointer)
    }

    /// Moves to the next row; `false` at the end, where the statement is ready for its next use.
    package func next() throws(StoreError) -> Bool {
        if !isReading {
            isReading = true
            connection.statements &+= 1
        }
        let code = bindFailure == SQLITE_OK ? sqlite3_step(pointer) : bindFailure
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            isReading = false
            sqlite3_reset(pointer)
            return false
        default:
            let failure = connection.failure(code)
            reset()
            throw failure
        }
    }

    /// Ends a reading that did not go to its end.
    package func reset() {
        isReading = false
        sqlite3_reset(pointer)
        bindFailure = SQLITE_OK
    }

    private func noteBind(_ code: Int32) {
        if code != SQLITE_OK { bindFailure = code }
    }

    package func bind(_ position: Int32, _ value: Int64) { noteBind(sqlite3_bind_int64(pointer, position, value)) }
    package func bind(_ position: Int32, _ value: Int) { noteBind(sqlite3_bind_int64(pointer, position, Int64(value))) }
    package func bindNull(_ position: Int32) { noteBind(sqlite3_bind_null(pointer, position)) }

    package func bind(_ position: Int32, _ value: Int64?) {
        if let value { bind(position, value) } else { bindNull(position) }
    }

    package func bind(_ position: Int32, _ value: String) {
        var value = value
        let code = value.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text(pointer, position, $0.baseAddress, Int32($0.count), Self.copied)
            }
        }
        noteBind(code)
    }

    package func bind(_ position: Int32, _ value: [UInt8]) {
        let code = value.withUnsafeBytes {
            $0.isEmpty
                ? sqlite3_bind_zeroblob(pointer, position, 0)
                : sqlite3_bind_blob(pointer, position, $0.baseAddress, Int32($0.count), Self.copied)
        }
        noteBind(code)
    }

    package func bind(_ position: Int32, _ value: [UInt8]?) {
        if let value { bind(position, value) } else { bindNull(position) }
    }

    package func int(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }
    package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_NULL }
    package func optionalInt(_ column: Int32) -> Int64? { isNull(column) ? nil : int(column) }
    package func isText(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_TEXT }

    package func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(pointer, column) else { return "" }
        let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column)))
        return String(decoding: bytes, as: UTF8.self)
    }

    package func blob(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(pointer, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column))))
    }

    /// The columns of a row.
    package var columns: Int32 { sqlite3_column_count(pointer) }

    /// A column's storage class, as SQLite numbers it (1 integer, 3 text, 4 blob, 5 null).
    package func storageClass(_ column: Int32) -> Int32 { sqlite3_column_type(pointer, column) }

    /// SQLite's mark for "copy this before the call returns" (`SQLITE_TRANSIENT`, a cast that Swift does not import).
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
