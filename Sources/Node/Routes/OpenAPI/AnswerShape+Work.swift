import Checks

/// What adding, marking, rechecking and counting users is answered.
extension AnswerShape {
    static let addition = AnswerShape(
        "Addition", note: "invalid: the first \(HTTPLimits.invalidRowsShown) rows that were not stored",
        [
            .always("added", .count), .always("existing", .count), .always("marked", .count),
            .always("invalidCount", .count), .always("invalid", .list(.shape(invalidRow))),
        ])

    private static let invalidRow = AnswerShape(
        "InvalidRow", note: "line: from 1; a CSV's header is line 1, in JSON it is the index + 1",
        [
            .always("line", .count), .always("value", .text),
            .always(
                "reason",
                .words(["invalidScreenName", "invalidAccountID", "malformedRow", "lineTooLong", "accountMismatch"])),
        ])

    static let marking = AnswerShape(
        "Marking", note: "marked: new tasks; unknown: names that were never added",
        [.always("marked", .count), .always("already", .count), .always("unknown", .list(.text))])

    static let recheck = AnswerShape(
        "Recheck", note: "running: tasks that wait already; unknown: names that were never added",
        [.always("requeued", .count), .always("running", .count), .always("unknown", .list(.text))])

    static let taskCounts = ["unmarked", "pending", "bucketed", "leased", "done", "failed", "deleted"]

    static let counts = AnswerShape(
        "Counts", note: "byVerdict: users by their current verdict, conditional ones left out",
        taskCounts.map { .always($0, .count) } + [
            .always("byVerdict", .counts(by: Verdict.allCases.map(\.name))), .always("oldestWaitingSeconds", .number),
        ])
}
