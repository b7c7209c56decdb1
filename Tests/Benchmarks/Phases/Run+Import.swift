import Foundation
import NIOCore

extension Run {
    private struct Imported: Decodable {
        let added: Int
    }

    /// The part of `GET /v1/counts` that a measurement waits for.
    struct Counts: Decodable {
        let unmarked: Int
        let pending: Int
        let bucketed: Int
        let leased: Int
        let done: Int
        let failed: Int
    }

    /// Imports every user in one stream, then marks them all, and waits until that has been carried out.
    mutating func importAndMark(_ node: NodeProcess, _ connection: OperatorConnection) async throws {
        note("importing \(users) users")
        let list = Names(count: users).csv()
        let clock = ContinuousClock()
        var began = clock.now
        let answer = try await connection.call("POST", "/v1/users", type: "text/csv", body: list)
        let importSeconds = (clock.now - began).seconds
        let imported = try decode(Imported.self, answer)
        guard imported.added == users else {
            throw Failure.unexpected("\(imported.added) of \(users) users were added")
        }
        figures.append(
            Figure(
                "import", Double(users) / importSeconds, "users/s", goal: .atLeast(100_000),
                "import of \(users) users, CSV"))

        note("marking them")
        began = clock.now
        try await connection.call("POST", "/v1/marks", body: Array(#"{"users":"unmarked"}"#.utf8))
        try await wait(seconds: Limits.settleSeconds, for: "all users to be marked") {
            let counts = try await self.counts(connection)
            return counts.unmarked == 0 && counts.pending + counts.bucketed == self.users
        }
        figures.append(
            Figure("mark", Double(users) / (clock.now - began).seconds, "users/s", "marking all of them"))
        figures.append(
            Figure(
                "residentMemoryAfterImport", Double(node.figures().residentBytes) / 1e6, "MB", goal: .atMost(200),
                "memory of the node after import and marking"))
    }

    func counts(_ connection: OperatorConnection) async throws -> Counts {
        try decode(Counts.self, try await connection.call("GET", "/v1/counts?service=dmcheck"))
    }

    func decode<Value: Decodable>(_ type: Value.Type, _ response: HTTPResponse) throws -> Value {
        try JSONDecoder().decode(type, from: Data(response.body.readableBytesView))
    }

    /// Asks again and again until something holds; throws when it does not in time.
    func wait(seconds: Int, for what: String, until holds: () async throws -> Bool) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: .seconds(seconds))
        while try await !holds() {
            guard clock.now < deadline else { throw Failure.unexpected("waited \(seconds) s for \(what)") }
            try await pause(.milliseconds(50))
        }
    }
}
