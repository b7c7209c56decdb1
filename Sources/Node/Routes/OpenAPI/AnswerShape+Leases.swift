extension AnswerShape {
    static let userReference = AnswerShape(
        "UserReference", [.always("screenName", .text), .sometimes("accountID", .text)])

    static let lease = AnswerShape(
        "Lease",
        note: "users: those still to be reported; dead: past its deadline, still reportable for a while; "
            + "slow: half of its time has passed without a report",
        [
            .always("id", .text), .always("service", .text), .always("grantedAt", .time), .always("deadline", .time),
            .always("state", .words(["open", "dead"])), .always("slow", .flag), .always("attempt", .count),
            .always("users", .list(.shape(userReference))), .always("remaining", .count),
        ])

    static let grant = AnswerShape(
        "Grant", note: "retryAfterSeconds: when nothing was granted",
        [
            .always("requested", .count), .always("granted", .count), .always("cap", .count),
            .always("outstanding", .count), .always("leases", .list(.shape(lease))),
            .sometimes("retryAfterSeconds", .count),
        ])

    static let renewal = AnswerShape("Renewal", [.always("deadline", .time)])

    static let receipt = AnswerShape(
        "Receipt", note: "accepted, replayed, discarded and rejected are disjoint and add up to the rows sent",
        [
            .always("accepted", .count), .always("replayed", .count), .always("discarded", .count),
            .always("rejected", .list(.shape(rejectedRow))), .always("remaining", .count),
            .always("state", .words(["open", "done", "released"])),
        ])

    private static let rejectedRow = AnswerShape(
        "RejectedRow",
        [
            .always("index", .count), .always("screenName", .text),
            .always(
                "reason",
                .words([
                    "notInBucket", "invalidVerdict", "invalidScreenName", "accountMismatch", "malformedRow",
                    "conflictsWithEarlier",
                ])),
        ])
}
