import Checks

extension AnswerShape {
    private static let taskFields: [AnswerField] = [
        .always("state", .words(TaskState.allCases.map(\.rawValue))),
        .always("priority", .words(Lane.allCases.map(\.name))), .always("attempt", .count),
    ]

    private static let verdictWords = AnswerSchema.words(Verdict.allCases.map(\.name))

    static let listedUser = AnswerShape(
        "ListedUser", [.always("screenName", .text), .sometimes("accountID", .text)] + taskFields)

    static let user = AnswerShape(
        "User",
        [
            .always("screenName", .text), .sometimes("accountID", .text), .always("addedAt", .time),
            .always("possiblyRenamed", .flag),
            .always("tasks", .list(.shape(AnswerShape("Task", [.always("service", .text)] + taskFields)))),
            .always("verdicts", .list(.shape(verdict))), .always("relations", .list(.shape(relation))),
        ])

    private static let verdict = AnswerShape(
        "Verdict", note: "what was believed from validFrom until validTo, null: still; clients and leases: who said so",
        [
            .always("service", .text), .always("verdict", verdictWords), .always("conditional", .flag),
            .always("validFrom", .time), .always("validTo", .orNull(.time)), .always("clients", .list(.text)),
            .always("leases", .list(.text)),
        ])

    private static let relation = AnswerShape(
        "Relation",
        [
            .always("service", .text), .always("screenName", .text), .always("direction", .words(["out", "in"])),
            .always("validFrom", .time), .always("validTo", .orNull(.time)), .always("client", .text),
            .always("lease", .text),
        ])

    static let exportedUser = AnswerShape(
        "ExportedUser",
        [
            .always("screenName", .text), .sometimes("accountID", .text),
            .always("state", .words(TaskState.allCases.map(\.rawValue))), .always("verdict", .orNull(verdictWords)),
            .always("conditional", .flag), .always("validFrom", .orNull(.time)), .always("clients", .list(.text)),
        ])
}
