import Checks
import Coordinator
import HTTPTypes

/// The cluster's settings and invites.
extension Endpoints {
    var settings: [Route] {
        [
            Route(
                .get, "/v1/settings", "The cluster's settings", access: .token(.operator),
                replies: [.json(200, "The settings", .settings)], problems: [.forbidden]
            ) { call in
                let response = try await perform(.settings(call.caller))
                guard case .settings(let settings) = response else { throw UnexpectedResponse(response: response) }
                return .json { $0.members(of: settings) }
            },
            Route(
                .patch, "/v1/settings", "Change the settings named", access: .token(.operator),
                body: .json(Self.changeSchema, limit: HTTPLimits.smallBody),
                replies: [.json(200, "The settings", .settings)],
                problems: [.invalidFields, .forbidden]
            ) { call in
                var response = try await perform(.patchSettings(call.caller, Self.change(call.fields())))
                if case .done = response { response = try await perform(.settings(call.caller)) }
                guard case .settings(let settings) = response else { throw UnexpectedResponse(response: response) }
                return .json { $0.members(of: settings) }
            },
            Route(
                .post, "/v1/invites", "Make an invite to register", access: .token(.operator),
                body: .json(
                    .object([
                        .required("uses", .integer(1...1_000_000)),
                        .required("expiresInSeconds", .integer(1...31_536_000)),
                    ]), limit: HTTPLimits.smallBody),
                replies: [.json(201, "The invite", .invite)], problems: [.invalidFields, .forbidden]
            ) { call in
                let fields = try call.fields()
                let response = try await perform(
                    .createInvite(
                        call.caller, uses: fields.integer("uses"), expiresInSeconds: fields.integer("expiresInSeconds"))
                )
                guard case .invite(let invite, let expiresAt) = response else {
                    throw UnexpectedResponse(response: response)
                }
                return .json(201) {
                    $0.field("invite", invite)
                    $0.field("expiresAt", time: expiresAt)
                }
            },
        ]
    }

    private static let changeSchema = JSONSchema.object([
        .optional("enrollment", .string(.oneOf(["open", "invite"]))),
        .optional("registrationsPerMinutePerSource", .integer(1...1_000_000)),
        .optional("requestsPerSecondPerClient", .integer(1...1_000_000)),
        .optional("replaceAfterSeconds", .integer(1...Int(Int32.max))),
        .optional(
            "malfunction",
            .object([
                .optional("enabled", .boolean), .optional("deadShare", .number(0...1)),
                .optional("minimumBuckets", .integer(1...Int(Int32.max))),
                .optional("windowFactor", .integer(1...Int(Int32.max))),
            ])),
    ])

    /// What is named, and nothing else: it is merged where the settings are, so that of two calls at once none undoes the
    /// other's.
    private static func change(_ fields: JSONFields) throws(JSONFieldError) -> SettingsChange {
        var change = SettingsChange()
        change.enrollment = try fields.optionalString("enrollment").flatMap { ClusterSettings.Enrollment(rawValue: $0) }
        change.registrationsPerMinutePerSource = try fields.optionalInteger("registrationsPerMinutePerSource")
        change.requestsPerSecondPerClient = try fields.optionalInteger("requestsPerSecondPerClient")
        change.replaceAfterSeconds = try fields.optionalInteger("replaceAfterSeconds")
        guard let malfunction = try fields.optionalObject("malfunction") else { return change }
        change.malfunctionEnabled = try malfunction.optionalBoolean("enabled")
        change.deadShareThousandths = try malfunction.optionalDouble("deadShare").map { Int(($0 * 1000).rounded()) }
        change.minimumBuckets = try malfunction.optionalInteger("minimumBuckets")
        change.windowFactor = try malfunction.optionalInteger("windowFactor")
        return change
    }
}
