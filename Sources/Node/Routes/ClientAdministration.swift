import Checks
import Coordinator
import HTTPTypes

/// What operators do with clients.
extension Endpoints {
    var clientAdministration: [Route] {
        [
            Route(
                .get, "/v1/clients", "All clients", access: .token(.operator), query: [.limit, .cursor],
                replies: [.json(200, "A page of clients", .page(of: .client))], problems: [.forbidden]
            ) { call in
                let response = try await perform(.clients(call.caller, call.page))
                guard case .clients(let page) = response else { throw UnexpectedResponse(response: response) }
                return .listing(page.items, next: page.next) { $1.write($0) }
            },
            Route(
                .get, "/v1/clients/{id}/activity", "The append-only log of a client", access: .token(.operator),
                query: [
                    QueryParameter("from", .time, "inclusive"), QueryParameter("to", .time, "exclusive"), .limit,
                    .cursor,
                ],
                replies: [.json(200, "A page of events", .page(of: .event))], problems: [.forbidden, .notFound]
            ) { call in
                let response = try await perform(
                    .activity(
                        call.caller, call.client(), from: call.query.time("from"), to: call.query.time("to"), call.page)
                )
                guard case .events(let page) = response else { throw UnexpectedResponse(response: response) }
                return .listing(page.items, next: page.next) { $1.write($0) }
            },
            Route(
                .post, "/v1/clients/{id}/quarantine", "Give a client no new leases", access: .token(.operator),
                body: .json(
                    .object([.required("reason", .string(.length(1...500)))]), limit: HTTPLimits.smallBody),
                replies: [.json(200, "The client", .client)], problems: [.invalidFields, .forbidden, .notFound]
            ) { call in
                try await administer(
                    .quarantine(call.caller, call.client(), reason: call.fields().string("reason")), call)
            },
            Route(
                .post, "/v1/clients/{id}/reinstate", "End quarantine or throttling", access: .token(.operator),
                replies: [.json(200, "The client", .client)], problems: [.forbidden, .notFound]
            ) { call in
                try await administer(.reinstate(call.caller, call.client()), call)
            },
            Route(
                .post, "/v1/clients/{id}/reset", "End its leases and let the id register anew",
                access: .token(.operator), replies: [.json(200, "The client", .client)],
                problems: [.forbidden, .notFound]
            ) { call in
                try await administer(.reset(call.caller, call.client()), call)
            },
        ]
    }

    /// The answer is the client as it is afterwards.
    private func administer(_ request: Request, _ call: Call) async throws -> Answer {
        var response = try await perform(request)
        if case .done = response { response = try await perform(.client(call.caller, call.client())) }
        guard case .client(let record) = response else { throw UnexpectedResponse(response: response) }
        return .json { $0.members(of: record) }
    }
}
