/// A place in a log together with the term of the entry there: enough to say which log it is.
///
/// Two logs that hold the same mark are identical up to it (Log Matching, Raft section 5.3).
public struct LogMark: Hashable, Sendable {
    /// The position.
    public let index: LogIndex
    /// The term of the entry at that position.
    public let term: Term

    /// Marks the entry at `index`, which is of `term`.
    public init(index: LogIndex, term: Term) {
        self.index = index
        self.term = term
    }

    /// Before the first entry.
    public static let zero = LogMark(index: .zero, term: .none)

    /// Whether a log that ends here is at least as complete as one that ends at `other` (Raft, section 5.4.1).
    package func isUpToDate(with other: LogMark) -> Bool {
        term == other.term ? index >= other.index : term > other.term
    }
}

extension LogMark: CustomStringConvertible {
    /// Term and index, as in `3/17`.
    public var description: String { "\(term)/\(index)" }
}
