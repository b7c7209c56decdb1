import GRDBSQLite

/// A whole database as bytes: what a file would hold that was just made by `VACUUM INTO`, or nearly so.
extension Connection {
    /// Opens a copy of an image in memory.
    ///
    /// - Throws: ``StoreError/corrupt(file:detail:)`` when the bytes are no database; when they are cut short, the first look
    ///   into it says so.
    package convenience init(image: [UInt8]) throws(StoreError) {
        try self.init(path: nil)
        guard image.count >= Self.headerBytes else { throw .corrupt(file: file, detail: "it is too short") }
        guard let buffer = sqlite3_malloc64(sqlite3_uint64(image.count)) else { throw failure(SQLITE_NOMEM) }
        image.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress { buffer.copyMemory(from: start, byteCount: bytes.count) }
        }
        // The buffer is SQLite's from here on, also on failure.
        let code = sqlite3_deserialize(
            handle, "main", buffer.assumingMemoryBound(to: UInt8.self), Int64(image.count), Int64(image.count),
            UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE))
        if code != SQLITE_OK { throw failure(code) }
    }

    /// The database as of its last commit. No transaction may be open.
    package func image() throws(StoreError) -> [UInt8] {
        precondition(!inTransaction, "an image is taken between transactions")
        var size: Int64 = 0
        guard let bytes = sqlite3_serialize(handle, "main", &size, 0) else { throw failure(sqlite3_errcode(handle)) }
        defer { sqlite3_free(bytes) }
        var image = [UInt8](UnsafeBufferPointer(start: bytes, count: Int(size)))
        // A database in memory has no write-ahead file, and refuses an image that says it had one (file format, 1.3.3).
        for position in Self.formatVersions where image.count >= Self.headerBytes { image[position] = 1 }
        return image
    }

    /// A database's header (file format, 1.3), and the bytes in it that say 2 for a file with a write-ahead file, else 1.
    private static let headerBytes = 100
    private static let formatVersions = [18, 19]
}
