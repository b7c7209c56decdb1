import Checks
import Coordinator

/// What can be set, as it is answered; and whether a node serves.
extension AnswerShape {
    static let service = AnswerShape(
        "Service",
        [
            .always("name", .text), .always("schema", .words([Service.Schema.verdict.rawValue])),
            .always("state", .words(Service.State.allCases.map(\.rawValue))),
        ] + ServiceSettingName.allCases.map { .always($0.rawValue, .count) })

    static let settings = AnswerShape(
        "Settings",
        [
            .always("enrollment", .words(["open", "invite"])), .always("registrationsPerMinutePerSource", .count),
            .always("requestsPerSecondPerClient", .count), .always("replaceAfterSeconds", .count),
            .always("malfunction", .shape(malfunction)),
        ])

    private static let malfunction = AnswerShape(
        "Malfunction", note: "when a client counts as malfunctioning",
        [
            .always("enabled", .flag), .always("deadShare", .number), .always("minimumBuckets", .count),
            .always("windowFactor", .count),
        ])

    static let invite = AnswerShape("Invite", [.always("invite", .text), .always("expiresAt", .time)])

    static let health = AnswerShape("Health", [.always("status", .words(["ok"]))])

    static let readiness = AnswerShape(
        "Readiness", [.always("status", .words(["ready"])), .always("reasons", .list(.text))])
}
