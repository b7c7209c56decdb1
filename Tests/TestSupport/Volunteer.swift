import NIOHTTP1
import Testing

/// A volunteer's identity in a test, with the calls that it makes.
package struct Volunteer: Sendable {
    package let api: API
    package let id: String
    package let secret: String
    package let screenName: String

    package init(_ api: API, _ number: Int, secret: String? = nil, screenName: String? = nil) {
        self.api = api
        id = String(1_000_000 + number)
        self.secret = secret ?? String(repeating: "s", count: 43) + "-\(number)"
        self.screenName = screenName ?? "Volunteer\(number)"
    }

    package var token: String { "\(id).\(secret)" }

    package func call(_ method: HTTPMethod, _ path: String, _ body: JSON? = nil, key: String? = nil) async throws
        -> Answer
    {
        try await api.call(
            method, path, token: token, body: body, headers: key.map { [("idempotency-key", $0)] } ?? [])
    }

    @discardableResult
    package func register(_ capability: JSON? = nil) async throws -> Answer {
        var body: [String: JSON] = ["screenName": .string(screenName), "secret": .string(secret)]
        body["capability"] = capability
        return try await api.call(.PUT, "/v1/clients/\(id)", body: .object(body))
    }

    package func lease(count: Int? = nil, wait: Int? = nil, service: String? = nil, key: String? = nil) async throws
        -> Answer
    {
        var body: [String: JSON] = [:]
        body["count"] = count.map { .number(Double($0)) }
        body["waitSeconds"] = wait.map { .number(Double($0)) }
        body["service"] = service.map { .string($0) }
        return try await call(.POST, "/v1/leases", .object(body), key: key)
    }

    /// One lease that must be there.
    package func take(sourceLocation: SourceLocation = #_sourceLocation) async throws -> JSON {
        let answer = try await lease()
        return try #require(answer.json["leases"].array.first, "\(answer.text)", sourceLocation: sourceLocation)
    }

    package func report(_ lease: String, _ rows: [JSON], release: Bool? = nil) async throws -> Answer {
        var body: [String: JSON] = ["results": .array(rows)]
        body["release"] = release.map { .bool($0) }
        return try await call(.POST, "/v1/leases/\(lease)/results", .object(body))
    }

    /// Reports one verdict for these users.
    package func report(_ lease: String, of users: [String], verdict: String = "non_dm", release: Bool? = nil)
        async throws -> Answer
    {
        try await report(
            lease, users.map { ["screenName": .string($0), "verdict": .string(verdict)] }, release: release)
    }

    package func unregister() async throws -> Answer { try await call(.DELETE, "/v1/clients/\(id)") }

    /// Its record, with the accounts in balance (I4).
    package func record(sourceLocation: SourceLocation = #_sourceLocation) async throws -> JSON {
        let answer = try await api.operate(.GET, "/v1/clients/\(id)")
        #expect(answer.status == 200, sourceLocation: sourceLocation)
        let statistics = answer.json["statistics"]
        let parts = ["bucketsDone", "bucketsReleased", "bucketsHeld"].map { statistics[$0].int ?? -1000 }
        #expect(
            statistics["bucketsAssigned"].int == parts.reduce(0, +), "I4: \(statistics)", sourceLocation: sourceLocation
        )
        return answer.json
    }
}

extension JSON {
    /// The names of a lease's users.
    package var names: [String] { self["users"].array.compactMap { $0["screenName"].string } }
    /// The id of a lease.
    package var id: String { self["id"].string ?? "" }
}
