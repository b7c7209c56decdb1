/// Why a backup cannot be written, read or restored. The description says what to do about it.
public enum BackupError: Error, Hashable, Sendable {
    /// There is something under that name already.
    case exists(file: String)
    /// The system refused to read or to write.
    case system(file: String, detail: String)
    /// It is no backup of this program.
    case foreign(file: String)
    /// It was written by a later version.
    case tooNew(file: String, format: Int)
    /// Its contents are not what was written.
    case damaged(file: String, detail: String)
    /// The folder to restore into is not empty.
    case occupied(folder: String)
    /// A node did not deliver what it announced.
    case cutShort(shard: String)
}

extension BackupError: CustomStringConvertible {
    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .exists(let file): "\(file) exists: choose another name, or move it away"
        case .system(let file, let detail): "\(file): \(detail): check the disk, the path and its permissions"
        case .foreign(let file): "\(file) is no backup of dmcheck: name a file that dmcheck backup has written"
        case .tooNew(let file, let format):
            "\(file) has format \(format), which this program does not know: use the version that wrote it, or a later one"
        case .damaged(let file, let detail): "\(file) is damaged (\(detail)): nothing was changed; use another backup"
        case .occupied(let folder): "\(folder) is not empty: restore into an empty folder, or one that does not exist"
        case .cutShort(let shard): "shard \(shard) did not arrive whole: try again"
        }
    }
}
