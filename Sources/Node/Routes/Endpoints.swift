import Checks
import Coordinator

/// The calls of the interface, grouped by concept in the files of this folder. Each decodes and validates, hands one
/// request to the coordinator, and encodes what came back; none decides anything.
package struct Endpoints: Sendable {
    let environment: HTTPEnvironment
    let rates = RateMeter()
    let gauges: StateGauges
    let clusterGauges: ClusterGauges

    package init(_ environment: HTTPEnvironment) {
        self.environment = environment
        gauges = StateGauges(registry: environment.metrics)
        clusterGauges = ClusterGauges(registry: environment.metrics)
    }

    /// The table that feeds both the router and the OpenAPI document.
    package func table() -> RouteTable {
        let calls =
            clients + clientAdministration + leases + results + users + userRecords + marks + services + settings
            + cluster + nodes + exports + backups + health
        return RouteTable(calls + [OpenAPIDocument.route(describing: calls)])
    }

    func perform(_ request: Request) async throws -> Response {
        guard let stale = StaleRead.current else { return try await environment.performer.perform(request).get() }
        let response = try await environment.performer.perform(.stale(request)).get()
        guard case .stale(let read, let seconds) = response else { throw UnexpectedResponse(response: response) }
        stale.note(seconds)
        return read
    }

    /// The coordinator answered something else than this call asks for: a bug, answered `500`.
    struct UnexpectedResponse: Error, CustomStringConvertible {
        let response: Response
        var description: String { "unexpected response: \(response)" }
    }
}

/// How the calls of this folder read what many of them share.
extension Call {
    /// The part of a listing that is asked for.
    var page: PageRequest {
        PageRequest(cursor: query["cursor"].flatMap { Base64URL.decode($0) }, limit: query.integer("limit") ?? 100)
    }

    func client() throws(MalformedCall) -> ClientID {
        try parameter(0, "a client's id is 1 to 19 digits without a leading zero") { ClientID($0) }
    }
    func screenName() throws(MalformedCall) -> ScreenName {
        try parameter(0, "a screen name is 1 to 15 of A-Z a-z 0-9 _") { ScreenName($0) }
    }
    func serviceName() throws(MalformedCall) -> ServiceName {
        try parameter(0, "a service's name is 1 to 32 of a-z 0-9 -, a letter first") { ServiceName($0) }
    }
}

extension JSONFields {
    /// The field `service`, which the schema has checked; `dmcheck` where it is not named.
    func service() throws(JSONFieldError) -> ServiceName {
        try optionalString("service").flatMap { ServiceName($0) } ?? .dmcheck
    }

    /// Service and priority of what is to be marked.
    func marking() throws(JSONFieldError) -> Marking {
        Marking(service: try service(), lane: try optionalString("priority").flatMap { Lane(name: $0) } ?? .normal)
    }

    /// Screen names, which the schema has checked.
    func screenNames(_ name: StaticString) throws(JSONFieldError) -> [ScreenName] {
        try (optionalStrings(name) ?? []).compactMap { ScreenName($0) }
    }
}

extension Answer {
    /// One page: `{"items": [...], "nextCursor": ...}`.
    static func listing<Item>(
        _ items: some Sequence<Item>, next: [UInt8]?, _ write: (Item, inout JSONWriter) -> Void
    ) -> Answer {
        .json {
            $0.array("items") { for item in items { write(item, &$0) } }
            $0.field("nextCursor", orNull: next.map { Base64URL.encode($0) })
        }
    }

    /// A listing that is at hand as a whole, cut into pages; the cursor is how many came before.
    static func listing<Item>(
        all items: [Item], _ page: PageRequest, _ write: (Item, inout JSONWriter) -> Void
    ) throws(Problem) -> Answer {
        var first = 0
        if let cursor = page.cursor {
            guard let text = String(validating: cursor, as: UTF8.self), let position = Int(text), position >= 0 else {
                throw .invalidRequest("cursor must be a nextCursor of this listing.", field: "cursor")
            }
            first = min(position, items.count)
        }
        let last = min(first + page.limit, items.count)
        return .listing(items[first..<last], next: last < items.count ? Array(String(last).utf8) : nil, write)
    }
}
