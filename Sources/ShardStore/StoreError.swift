import GRDBSQLite

/// Why the store cannot go on. The description says what an operator can do about it.
public enum StoreError: Error, Hashable, Sendable {
    /// The disk has no room left.
    case diskFull(file: String)
    /// The file or its folder cannot be written.
    case readOnly(file: String)
    /// Another process uses the file.
    case locked(file: String)
    /// The file's contents contradict themselves, or it is no database at all.
    case corrupt(file: String, detail: String)
    /// The file cannot be opened.
    case cannotOpen(file: String, detail: String)
    /// The file is whole but belongs to something else: another cluster, another node, another shard.
    case foreign(file: String, detail: String)
    /// The file was written by a later version of the program.
    case tooNew(file: String, version: Int)
    /// Reading or writing failed below the database.
    case failedIO(file: String, detail: String)
    /// The database refused a statement: a fault of this program.
    case refused(file: String, detail: String)
}

extension StoreError: CustomStringConvertible {
    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .diskFull(let file):
            "no space is left on the disk that holds \(file): free some, then start the node again"
        case .readOnly(let file):
            "\(file) cannot be written: give the node's user write access to the file and its folder, then start again"
        case .locked(let file):
            "\(file) is in use by another process: stop that process, or start with another data folder"
        case .corrupt(let file, let detail):
            "\(file) is damaged (\(detail)): nothing was changed; move the data folder away and let this node join again "
                + "under a new name, or restore a backup"
        case .cannotOpen(let file, let detail):
            "\(file) cannot be opened (\(detail)): check that the path exists and that the node's user may read and write it"
        case .foreign(let file, let detail):
            "\(file) does not belong here (\(detail)): start with the data folder that it came from"
        case .tooNew(let file, let version):
            "\(file) has format \(version), which this program does not know: start the version that wrote it, or a later one"
        case .failedIO(let file, let detail):
            "reading or writing \(file) failed (\(detail)): check the disk, then start the node again"
        case .refused(let file, let detail):
            "the database refused a statement on \(file) (\(detail)): this is a bug, please report it"
        }
    }

    /// `SQLITE_IOERR_SHMSIZE`, a macro that Swift does not see.
    private static let sharedMemorySize = SQLITE_IOERR | 19 << 8

    /// What SQLite's result code means for `file`.
    init(code: Int32, message: String, file: String) {
        self =
            switch code & 0xFF {
            case SQLITE_FULL: .diskFull(file: file)
            // The index of a write-ahead log could not grow: its memory is a file on the same disk.
            case SQLITE_IOERR where code == Self.sharedMemorySize: .diskFull(file: file)
            case SQLITE_READONLY, SQLITE_PERM: .readOnly(file: file)
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: .locked(file: file)
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT: .corrupt(file: file, detail: message)
            case SQLITE_CANTOPEN: .cannotOpen(file: file, detail: message)
            case SQLITE_IOERR: .failedIO(file: file, detail: "\(message), code \(code)")
            default: .refused(file: file, detail: "\(message), code \(code)")
            }
    }
}
