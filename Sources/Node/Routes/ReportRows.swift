import Checks

/// The rows of a report, judged by their form: those that go on to apply, and those that are rejected here.
struct ReportRows {
    struct Rejected {
        var index: Int
        var screenName: String
        var reason: RowRejection
    }

    private(set) var rows: [ReportedResult] = []
    /// Rows that are objects with the fields and types of a result, whatever their values.
    private(set) var wellFormed = 0
    /// For each row that goes on, where it stood.
    private var positions: [Int] = []
    private var rejectedHere: [Rejected] = []
    private var count = 0

    init(capacity: Int) {
        rows.reserveCapacity(capacity)
        positions.reserveCapacity(capacity)
    }

    mutating func judge(_ value: JSONValue) {
        defer { count += 1 }
        guard let row = ReportRow(value) else { return reject(value["screenName"]?.string, .malformedRow) }
        wellFormed += 1
        guard let name = ScreenName(row.screenName) else { return reject(row.screenName, .invalidScreenName) }
        guard let verdict = Verdict(name: row.verdict) else { return reject(row.screenName, .invalidVerdict) }
        rows.append(
            ReportedResult(
                screenName: name, accountID: row.accountID, verdict: verdict, followsChecker: row.followsChecker,
                checkedAt: row.checkedAt, note: row.note))
        positions.append(count)
    }

    private mutating func reject(_ screenName: String?, _ reason: RowRejection) {
        let shown = String((screenName ?? "").unicodeScalars.prefix(ImportLimits.shownCharacters))
        rejectedHere.append(Rejected(index: count, screenName: shown, reason: reason))
    }

    /// All rejected rows in the order in which they stood.
    func rejected(with receipt: ReportReceipt) -> [Rejected] {
        let later = receipt.rejected.compactMap { rejected in
            positions.indices.contains(rejected.row)
                ? Rejected(
                    index: positions[rejected.row], screenName: rows[rejected.row].screenName.folded,
                    reason: rejected.reason) : nil
        }
        return (rejectedHere + later).sorted { $0.index < $1.index }
    }
}

/// One row as it was sent: an object with known fields of the right types.
struct ReportRow {
    var screenName: String
    var verdict: String
    var accountID: AccountID?
    var followsChecker = false
    var checkedAt: Timestamp?
    var note: String?

    static let schema = JSONSchema.object([
        .required("screenName", .string(.screenName)),
        .required("verdict", .string(.oneOf(Verdict.allCases.map(\.name)))),
        .optional("accountID", .string(.accountID)),
        .optional("followsChecker", .boolean),
        .optional("checkedAt", .string(.length(1...64)), "RFC 3339"),
        .optional("note", .string(.length(0...HTTPLimits.noteBytes))),
    ])

    /// One pass over the members; `nil` for anything that is not of the shape.
    init?(_ value: JSONValue) {
        guard value.kind == .object else { return nil }
        var screenName: String?
        var verdict: String?
        for (key, member) in value.members {
            if key == "screenName" {
                screenName = member.string
            } else if key == "verdict" {
                verdict = member.string
            } else if key == "accountID" {
                guard let id = member.string.flatMap({ AccountID($0) }) else { return nil }
                accountID = id
            } else if key == "followsChecker" {
                guard let flag = member.boolean else { return nil }
                followsChecker = flag
            } else if key == "checkedAt" {
                guard let time = member.string.flatMap({ Timestamp($0) }) else { return nil }
                checkedAt = time
            } else if key == "note" {
                guard let text = member.string, text.utf8.count <= HTTPLimits.noteBytes else { return nil }
                note = text
            } else {
                return nil
            }
        }
        guard let screenName, let verdict else { return nil }
        self.screenName = screenName
        self.verdict = verdict
    }
}
