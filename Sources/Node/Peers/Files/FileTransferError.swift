/// Why a file did not arrive.
package enum FileTransferError: Error, Equatable, CustomStringConvertible {
    /// No connection to the node, or one that broke before its acknowledgement.
    case unreachable(String)
    /// Another file is under way, here or at the receiver: try again later.
    case busy
    /// It cannot be read here.
    case unreadable(String)
    /// The receiver could not keep it, or what came had another digest.
    case refused
    /// The header or the file is larger than the limit.
    case tooLarge
    /// The caller's task was cancelled.
    case cancelled

    package var description: String {
        switch self {
        case .unreachable(let reason): "the node cannot be reached (\(reason))"
        case .busy: "another file is under way"
        case .unreadable(let reason): "the file cannot be read (\(reason))"
        case .refused: "the receiver could not keep the file"
        case .tooLarge: "the file or its header is larger than the limit"
        case .cancelled: "cancelled"
        }
    }
}
