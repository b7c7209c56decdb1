import Checks

extension AnswerShape {
    static let statistics = AnswerShape(
        "Statistics", note: "the figures per user: since this node started",
        [
            .always("users", .count), .always("tasksByState", .counts(by: taskCounts)),
            .always("clientsByState", .counts(by: ClientState.allCases.map(\.rawValue))),
            .always("leasesLive", .count), .always("grantsPerSecond", .number), .always("resultsPerSecond", .number),
            .always("databaseStatementsPerUser", .number), .always("databaseBytesPerUser", .number),
            .always("fsyncsPerUser", .number), .always("oldestWaitingSeconds", .number),
        ])

    static let limit = AnswerShape(
        "Limit", note: "source: where the number comes from",
        [.always("name", .text), .always("value", .number), .always("unit", .text), .always("source", .text)])
}
