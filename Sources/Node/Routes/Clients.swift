import Checks
import Coordinator
import HTTPTypes

/// What a client does with itself: register, look, unregister.
extension Endpoints {
    var clients: [Route] {
        [
            Route(
                .put, "/v1/clients/{id}", "Register a client, or register it again", access: .registration,
                body: .json(Self.registration, limit: HTTPLimits.smallBody),
                replies: [
                    .json(201, "Registered for the first time", .client), .json(200, "Registered again", .client),
                ],
                problems: [.invalidFields, .identityTaken, .inviteRequired, .rateLimited, .unavailable, .timeout],
                perform: register),
            Route(
                .get, "/v1/clients/{id}", "The own record and statistics; operators: anyone's", access: .token(.either),
                replies: [.json(200, "The client", .client)], problems: [.forbidden, .notFound]
            ) { call in
                guard case .client(let record) = try await perform(.client(call.caller, call.client())) else {
                    throw Problem.notFound("No such client.")
                }
                return .json { $0.members(of: record) }
            },
            Route(
                .delete, "/v1/clients/{id}", "Unregister; leases go back", access: .token(.either),
                replies: [.empty("Unregistered")], problems: [.forbidden, .notFound]
            ) { call in
                _ = try await perform(.unregister(call.caller, call.client()))
                return .noContent
            },
        ]
    }

    private static let registration = JSONSchema.object([
        .required("screenName", .string(.screenName)),
        .required(
            "secret",
            .string(
                JSONStringRule("43 to 128 of A-Z a-z 0-9 - _", pattern: "^[A-Za-z0-9_-]{43,128}$") {
                    SecretHash(ofSecret: $0.utf8) != nil
                }), "made by the client: at least 32 random bytes in base64url"),
        .optional(
            "capability",
            .object([
                .optional("usersPerWindow", .integer(1...1_000_000), "180 if not given"),
                .optional("windowSeconds", .integer(1...31_536_000), "900 if not given"),
                .optional("maxBuckets", .integer(1...1_000_000), "the service's maxOutstanding if not given"),
                .optional("services", .array(of: .string(.serviceName), count: 0...64), "all if not given"),
            ])),
        .optional("invite", .string(.length(1...256)), "needed where enrollment is invite"),
    ])

    @Sendable
    private func register(_ call: Call) async throws -> Answer {
        guard let id = ClientID(call.parameters[0]) else {
            throw Problem.invalidFields("id must be 1 to 19 decimal digits without a leading zero.", field: "id")
        }
        let fields = try call.fields()
        guard let secret = SecretHash(ofSecret: try fields.string("secret").utf8) else {
            throw Problem.invalidFields("secret is not of the form.", field: "secret")
        }
        let registration = Registration(
            screenName: try fields.string("screenName"), secret: secret,
            capability: try fields.optionalObject("capability").map(Self.capability), invited: false)
        let request = Request.register(id, registration, invite: try fields.optionalString("invite"))
        let response = try await perform(request)
        guard case .registered(let record, let created) = response else {
            throw UnexpectedResponse(response: response)
        }
        return .json(created ? 201 : 200) { $0.members(of: record) }
    }

    private static func capability(_ fields: JSONFields) throws(JSONFieldError) -> Capability {
        var capability = Capability()
        if let users = try fields.optionalInteger("usersPerWindow") { capability.usersPerWindow = users }
        if let seconds = try fields.optionalInteger("windowSeconds") { capability.windowSeconds = seconds }
        capability.maxBuckets = try fields.optionalInteger("maxBuckets")
        capability.services = try fields.optionalStrings("services")?.compactMap { ServiceName($0) }
        return capability
    }
}
