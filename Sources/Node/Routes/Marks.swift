import Checks
import Coordinator
import HTTPTypes

/// Marking users for a service, rechecking them, and counting.
extension Endpoints {
    var marks: [Route] {
        [
            Route(
                .post, "/v1/marks", "Mark users for a service", access: .token(.operator),
                body: .json(Self.markOrder, limit: HTTPLimits.usersBody),
                replies: [.json(200, "How many were marked", .marking)],
                problems: [.invalidFields, .forbidden, .notFound, .conflict],
                perform: mark),
            Route(
                .post, "/v1/rechecks", "Check users again", access: .token(.operator),
                body: .json(Self.recheckOrder, limit: HTTPLimits.usersBody),
                replies: [.json(200, "How many wait again", .recheck)],
                problems: [.invalidFields, .forbidden, .notFound, .conflict],
                perform: recheck),
            Route(
                .get, "/v1/counts", "Tasks of a service by state", access: .token(.operator), query: [.service],
                replies: [.json(200, "Counts", .counts)], problems: [.forbidden, .notFound]
            ) { call in
                let response = try await perform(.counts(call.caller, call.query.service))
                guard case .counts(let counts) = response else { throw UnexpectedResponse(response: response) }
                let now = environment.now()
                return .json { $0.members(of: counts, now: now) }
            },
        ]
    }

    private static let names = JSONSchema.array(of: .string(.screenName), count: 0...Int.max)

    private static let markOrder = JSONSchema.object([
        .optional("service", .string(.serviceName), "dmcheck if not given"),
        .optional("priority", .string(.lane), "normal if not given"),
        .required("users", .oneOf([names, .string(.oneOf(["unmarked"]))])),
    ])

    private static let recheckOrder = JSONSchema.object([
        .optional("service", .string(.serviceName), "dmcheck if not given"),
        .optional("priority", .string(.lane), "normal if not given"),
        .optional("users", names, "these, or"),
        .optional("olderThanSeconds", .integer(0...Int(Int32.max)), "those whose verdict is older"),
    ])

    @Sendable
    private func mark(_ call: Call) async throws -> Answer {
        let fields = try call.fields()
        let marking = try fields.marking()
        let request: Request
        if fields.value["users"]?.kind == .string {
            request = .markUnmarked(call.caller, marking)
        } else {
            request = .mark(call.caller, try names(call, fields), marking)
        }
        let response = try await perform(request)
        let tally: MarkTally
        switch response {
        case .marked(let counted): tally = counted
        case .done: tally = MarkTally()
        default: throw UnexpectedResponse(response: response)
        }
        return .json {
            $0.field("marked", tally.marked)
            $0.field("already", tally.already)
            $0.strings("unknown", tally.unknown.lazy.map(\.folded))
        }
    }

    @Sendable
    private func recheck(_ call: Call) async throws -> Answer {
        let fields = try call.fields()
        let marking = try fields.marking()
        let age = try fields.optionalInteger("olderThanSeconds")
        let request: Request
        switch (fields.value["users"], age) {
        case (.some, nil): request = .recheck(call.caller, try names(call, fields), marking)
        case (nil, .some(let seconds)): request = .recheckOlder(call.caller, thanSeconds: seconds, marking)
        default:
            throw MalformedCall(
                .invalidFields("Either users or olderThanSeconds must be given.", field: "users"))
        }
        let response = try await perform(request)
        let tally: RecheckTally
        switch response {
        case .rechecked(let counted): tally = counted
        case .done: tally = RecheckTally()
        default: throw UnexpectedResponse(response: response)
        }
        return .json {
            $0.field("requeued", tally.requeued)
            $0.field("running", tally.running)
            $0.strings("unknown", tally.unknown.lazy.map(\.folded))
        }
    }

    private func names(_ call: Call, _ fields: JSONFields) throws -> [ScreenName] {
        guard let users = fields.value["users"], users.count <= HTTPLimits.usersPerRequest else {
            throw MalformedCall(
                .tooLarge("One request may carry \(HTTPLimits.usersPerRequest) users."))
        }
        return try fields.screenNames("users")
    }
}
