import Checks
import Coordinator
import HTTPTypes

/// Services: kinds of checks, made and changed at run time.
extension Endpoints {
    var services: [Route] {
        [
            Route(
                .get, "/v1/services", "All services", access: .token(.operator), query: [.limit, .cursor],
                replies: [.json(200, "A page of services", .page(of: .service))], problems: [.forbidden]
            ) { call in
                let response = try await perform(.services(call.caller))
                guard case .services(let services) = response else { throw UnexpectedResponse(response: response) }
                return try .listing(all: services, call.page) { $1.write($0) }
            },
            Route(
                .get, "/v1/services/{name}", "One service", access: .token(.operator),
                replies: [.json(200, "The service", .service)], problems: [.forbidden, .notFound]
            ) { call in
                let response = try await perform(.service(call.caller, call.serviceName()))
                guard case .service(let service, _) = response else { throw UnexpectedResponse(response: response) }
                return .json { $0.members(of: service) }
            },
            Route(
                .put, "/v1/services/{name}", "Create a service, or change the settings named",
                access: .token(.operator),
                body: .json(Self.change, limit: HTTPLimits.smallBody),
                replies: [.json(201, "Created", .service), .json(200, "Changed", .service)],
                problems: [.invalidFields, .forbidden, .notFound, .conflict], perform: put),
            stateRoute("pause", "Form and grant no buckets for now", .paused),
            stateRoute("resume", "Go on", .active),
            stateRoute("revoke", "End a service; its past is kept", .revoked),
        ]
    }

    private static let change = JSONSchema.object(
        [.optional("schema", .string(.oneOf([Service.Schema.verdict.rawValue])), "never changes")]
            + ServiceSettingName.allCases.map {
                JSONProperty(name: $0.fieldName, schema: .integer($0.allowed), isRequired: false, note: "")
            })

    @Sendable
    private func put(_ call: Call) async throws -> Answer {
        let name = try call.serviceName()
        let fields = try call.fields()
        var change = ServiceChange(
            schema: try fields.optionalString("schema").flatMap { Service.Schema(rawValue: $0) }, settings: [])
        for setting in ServiceSettingName.allCases {
            guard let value = try fields.optionalInteger(setting.fieldName) else { continue }
            change.settings.append(ServiceChange.Setting(name: setting, value: value))
        }
        let response = try await perform(.putService(call.caller, name, change))
        guard case .service(let service, let created) = response else { throw UnexpectedResponse(response: response) }
        return .json(created ? 201 : 200) { $0.members(of: service) }
    }

    private func stateRoute(_ verb: String, _ summary: String, _ state: Service.State) -> Route {
        Route(
            .post, RoutePath(stringLiteral: "/v1/services/{name}/\(verb)"), summary, access: .token(.operator),
            replies: [.json(200, "The service", .service)], problems: [.forbidden, .notFound, .conflict]
        ) { call in
            let response = try await perform(.setServiceState(call.caller, call.serviceName(), state))
            guard case .service(let service, _) = response else { throw UnexpectedResponse(response: response) }
            return .json { $0.members(of: service) }
        }
    }
}

extension ServiceSettingName {
    /// The setting as a field of a body.
    var fieldName: StaticString {
        switch self {
        case .bucketSize: "bucketSize"
        case .leaseSeconds: "leaseSeconds"
        case .graceSeconds: "graceSeconds"
        case .maxLeaseSeconds: "maxLeaseSeconds"
        case .maxOutstanding: "maxOutstanding"
        case .maxAttempts: "maxAttempts"
        case .maxWaitSeconds: "maxWaitSeconds"
        case .epochSeconds: "epochSeconds"
        case .coolDownSeconds: "coolDownSeconds"
        case .redundancy: "redundancy"
        case .maxDepth: "maxDepth"
        case .dailyBudget: "dailyBudget"
        case .maxConnections: "maxConnections"
        }
    }
}
