import Checks
import Coordinator
import HTTPTypes

/// The cluster's settings and invites.
extension Endpoints {
    var settings: [Route] {
        [
            Route(
                .get, "/v1/settings", "The cluster's settings", access: .token(.operator),
                replies: [.json(200, "The settings")], problems: [.forbidden]
            ) { call in
                let settings = try await current(call)
                return .json { $0.members(of: settings) }
            },
            Route(
                .patch, "/v1/settings", "Change the settings named", access: .token(.operator),
                body: .json(Self.change, limit: HTTPLimits.smallBody), replies: [.json(200, "The settings")],
                problems: [.invalidFields, .forbidden]
            ) { call in
                var settings = try await current(call)
                try Self.apply(call.fields(), to: &settings)
                let response = try await perform(.putSettings(call.caller, settings))
                if case .settings(let stored) = response { settings = stored }
                return .json { [settings] in $0.members(of: settings) }
            },
            Route(
                .post, "/v1/invites", "Make an invite to register", access: .token(.operator),
                body: .json(
                    .object([
                        .required("uses", .integer(1...1_000_000)),
                        .required("expiresInSeconds", .integer(1...31_536_000)),
                    ]), limit: HTTPLimits.smallBody),
                replies: [.json(201, "The invite")], problems: [.invalidFields, .forbidden]
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

    private static let change = JSONSchema.object([
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

    private func current(_ call: Call) async throws -> ClusterSettings {
        let response = try await perform(.settings(call.caller))
        guard case .settings(let settings) = response else { throw UnexpectedResponse(response: response) }
        return settings
    }

    private static func apply(_ fields: JSONFields, to settings: inout ClusterSettings) throws(JSONFieldError) {
        if let text = try fields.optionalString("enrollment"),
            let enrollment = ClusterSettings.Enrollment(rawValue: text)
        {
            settings.enrollment = enrollment
        }
        if let rate = try fields.optionalInteger("registrationsPerMinutePerSource") {
            settings.registrationsPerMinutePerSource = rate
        }
        if let rate = try fields.optionalInteger("requestsPerSecondPerClient") {
            settings.requestsPerSecondPerClient = rate
        }
        if let seconds = try fields.optionalInteger("replaceAfterSeconds") { settings.replaceAfterSeconds = seconds }
        guard let malfunction = try fields.optionalObject("malfunction") else { return }
        if let enabled = try malfunction.optionalBoolean("enabled") { settings.malfunction.enabled = enabled }
        if let share = try malfunction.optionalDouble("deadShare") {
            settings.malfunction.deadShareThousandths = Int((share * 1000).rounded())
        }
        if let buckets = try malfunction.optionalInteger("minimumBuckets") {
            settings.malfunction.minimumBuckets = buckets
        }
        if let factor = try malfunction.optionalInteger("windowFactor") { settings.malfunction.windowFactor = factor }
    }
}
