import Checks
import Coordinator
import HTTPTypes

/// One user: what is known, what happened, and its deletion.
extension Endpoints {
    var userRecords: [Route] {
        [
            Route(
                .get, "/v1/users/{screenName}", "What is known of a user, now or at a time", access: .token(.operator),
                query: [QueryParameter("asOf", .time, "verdicts valid then")], replies: [.json(200, "The user", .user)],
                problems: [.forbidden, .notFound]
            ) { call in
                let response = try await perform(.user(call.caller, call.screenName(), asOf: call.query.time("asOf")))
                guard case .user(let record) = response else { throw UnexpectedResponse(response: response) }
                return .json { $0.members(of: record) }
            },
            Route(
                .get, "/v1/users/{screenName}/events", "Everything that happened to a user, in order",
                access: .token(.operator), query: [.limit, .cursor],
                replies: [.json(200, "A page of events", .page(of: .event))],
                problems: [.forbidden, .notFound]
            ) { call in
                let response = try await perform(.userEvents(call.caller, call.screenName(), call.page))
                guard case .events(let page) = response else { throw UnexpectedResponse(response: response) }
                return .listing(page.items, next: page.next) { $1.write($0) }
            },
            Route(
                .delete, "/v1/users/{screenName}", "Delete a user and what is known of it", access: .token(.operator),
                replies: [.empty("Deleted, also when it is being checked")], problems: [.forbidden, .notFound]
            ) { call in
                _ = try await perform(.deleteUser(call.caller, call.screenName()))
                return .noContent
            },
        ]
    }
}
