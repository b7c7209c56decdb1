extension AnswerShape {
    static let problem = AnswerShape(
        "Problem", note: "RFC 9457; field: the offending field as a path; outcome: on 500, 503 and 504",
        [
            .always("type", .words(Problem.Slug.allCases.map { Problem.typePrefix + $0.rawValue })),
            .always("title", .text), .always("status", .count), .always("detail", .text),
            .sometimes("field", .text), .sometimes("retryAfterSeconds", .count),
            .sometimes(
                "outcome", .words([Problem.Outcome.notApplied.rawValue, Problem.Outcome.unknown.rawValue])),
            .sometimes("reasons", .list(.text)),
        ])
}
