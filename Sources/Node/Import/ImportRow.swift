import Checks

/// A well-formed row of an import.
package struct ImportRow: Equatable, Sendable {
    /// From 1; a CSV's header is line 1, in a JSON array it is the index + 1.
    package var line: Int
    package var user: UserReference
}

/// A row that is not stored, in the words of the answer.
package struct InvalidRow: Equatable, Sendable {
    package enum Reason: String, Sendable {
        case invalidScreenName
        case invalidAccountID
        case malformedRow
        case lineTooLong
        /// The id differs from the one that is stored.
        case accountMismatch
    }

    package var line: Int
    /// What was refused, shortened to ``ImportLimits/shownCharacters``.
    package var value: String
    package var reason: Reason

    package init(line: Int, value: String, reason: Reason) {
        self.line = line
        self.value = String(value.unicodeScalars.prefix(ImportLimits.shownCharacters))
        self.reason = reason
    }
}

/// What one chunk of a stream gave.
package struct ImportBatch: Equatable, Sendable {
    package var rows: [ImportRow] = []
    package var invalid: [InvalidRow] = []

    package init() {}

    package var isEmpty: Bool { rows.isEmpty && invalid.isEmpty }
}

/// A stream that cannot be read at all.
package enum ImportError: Error, Equatable, Sendable {
    /// A CSV without a column `screenName`, or with a column twice.
    case header(String)
}

package enum ImportLimits {
    /// A row needs about 80 bytes; 4 KiB leave room for columns that are ignored.
    package static let lineBytes = 4096
    /// Of an invalid value that is shown in the answer.
    package static let shownCharacters = 64
    /// Columns of a CSV: more is not a list of users.
    static let columns = 64
}
