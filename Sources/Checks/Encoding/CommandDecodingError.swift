/// Why bytes cannot be read.
///
/// From the log: the entry cannot be applied and the replica halts, since to skip an entry would let replicas differ. From
/// another node: the call is refused. ``description`` is for the log.
public enum CommandDecodingError: Error, Hashable, Sendable {
    /// Written by a later version of the program.
    case unknownVersion(UInt32)
    /// A command that this version does not know; between nodes also a query, an answer or an outcome.
    case unknownCommand
    /// Not an entry, or one whose field cannot be read.
    case malformed(String)
}

extension CommandDecodingError: CustomStringConvertible {
    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .unknownVersion(let version):
            "the log holds a command of version \(version): start the version of the program that wrote it, or a later one"
        case .unknownCommand:
            "the log holds a command that this program does not know: start the version that wrote it, or a later one"
        case .malformed(let detail):
            "the log holds an entry that cannot be read (\(detail)): let this node join again under a new name"
        }
    }
}
