import Checks

extension AnswerShape {
    static let client = AnswerShape(
        "Client", note: "reason: why it is throttled or quarantined",
        [
            .always("id", .text), .always("screenName", .text),
            .always("state", .words(ClientState.allCases.map(\.rawValue))), .sometimes("reason", .text),
            .always("firstRegisteredAt", .time), .always("lastRegisteredAt", .time), .always("lastAccessAt", .time),
            .always("capability", .shape(capability)), .always("statistics", .shape(clientStatistics)),
        ])

    private static let capability = AnswerShape(
        "Capability", note: "maxBuckets: left out where the service's maxOutstanding holds; services: left out for all",
        [
            .always("usersPerWindow", .count), .always("windowSeconds", .count), .sometimes("maxBuckets", .count),
            .sometimes("services", .list(.text)),
        ])

    private static let clientStatistics = AnswerShape(
        "ClientStatistics", note: "always bucketsAssigned = bucketsDone + bucketsReleased + bucketsHeld",
        [
            .always("bucketsAssigned", .count), .always("bucketsDone", .count), .always("bucketsDead", .count),
            .always("bucketsReleased", .count), .always("bucketsHeld", .count),
            .always("usersByVerdict", .counts(by: Verdict.allCases.map(\.name))),
            .always("faults", .counts(by: ["unassignedUser", "notOwnBucket", "unknownBucket", "malformed"])),
            .always("usersInWindow", .count), .always("agreementRate", .number),
        ])

    static let event = AnswerShape(
        "Event", note: "with the facts that belong to its kind, as further members",
        [
            .always("at", .time), .always("kind", .text), .sometimes("service", .text), .sometimes("client", .text),
            .sometimes("lease", .text),
        ])
}
