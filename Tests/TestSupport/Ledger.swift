import Foundation
import NIOHTTP1
import Synchronization
import Testing

/// Everything that was acknowledged, to be held against what the node has at the end.
package final class Ledger: Sendable {
    private struct State {
        var added: Set<String> = []
        /// Acknowledged results: user -> (client, lease, verdict).
        var reported: [String: (client: String, lease: String, verdict: String)] = [:]
        /// Who was told of which user: a lease is known by its id however often it is told.
        var holder: [String: String] = [:]
        var clients: Set<String> = []
        var violations: [String] = []
        var acknowledgements = 0
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// Returns once `count` more calls were acknowledged.
    package func waitForAcknowledgements(_ count: Int) async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.waiters.append(($0.acknowledgements + count, continuation)) }
        }
    }

    private func acknowledge(_ change: (inout State) -> Void) {
        let woken = state.withLock { state in
            change(&state)
            state.acknowledgements += 1
            let woken = state.waiters.filter { $0.count <= state.acknowledgements }
            state.waiters.removeAll { $0.count <= state.acknowledgements }
            return woken
        }
        for waiter in woken { waiter.continuation.resume() }
    }

    package func registered(_ client: String) { acknowledge { $0.clients.insert(client) } }
    package func added(_ names: [String]) { acknowledge { $0.added.formUnion(names) } }
    package func answered() { acknowledge { _ in } }

    /// A client was told that it holds these users.
    package func holds(_ lease: JSON) {
        acknowledge { state in
            for user in lease.names {
                if let other = state.holder[user], other != lease.id {
                    state.violations.append("I1: \(user) is in lease \(other) and in \(lease.id)")
                }
                state.holder[user] = lease.id
            }
        }
    }

    /// A client is about to end its hold on these users, by a report or by giving back.
    package func letsGo(_ users: [String], of lease: String) {
        state.withLock { state in
            for user in users where state.holder[user] == lease { state.holder[user] = nil }
        }
    }

    /// The node said that it has these results.
    package func reported(_ users: [String], verdict: String, client: String, lease: String) {
        acknowledge { state in
            for user in users { state.reported[user] = (client, lease, verdict) }
        }
    }

    package func violation(_ text: String) { state.withLock { $0.violations.append(text) } }

    package var summary: String {
        state.withLock { "\($0.added.count) users added, \($0.reported.count) results, \($0.acknowledgements) answers" }
    }

    /// Holds the node against the ledger: I1 to I4.
    package func check(against api: API, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let known = state.withLock { ($0.added, $0.reported, $0.clients, $0.violations) }
        #expect(known.3.isEmpty, "\(known.3.prefix(5))", sourceLocation: sourceLocation)
        let export = try await api.operate(.GET, "/v1/export?format=ndjson")
        #expect(export.status == 200, sourceLocation: sourceLocation)
        var stored: [String: JSON] = [:]
        for line in export.text.split(separator: "\n") {
            let row = try JSON(text: String(line))
            let name = row["screenName"].string ?? ""
            #expect(
                stored.updateValue(row, forKey: name) == nil, "\(name) is stored twice", sourceLocation: sourceLocation)
        }
        let missing = known.0.subtracting(stored.keys)
        #expect(missing.isEmpty, "added and lost: \(missing.sorted().prefix(5))", sourceLocation: sourceLocation)
        for (user, result) in known.1.sorted(by: { $0.key < $1.key }) {
            let row = stored[user] ?? .null
            #expect(
                row["verdict"].string == result.verdict, "I2: the result for \(user) is lost",
                sourceLocation: sourceLocation)
            #expect(row["clients"] == [.string(result.client)], "I3: \(row)", sourceLocation: sourceLocation)
        }
        for client in known.2.sorted() {
            let statistics = try await api.operate(.GET, "/v1/clients/\(client)").json["statistics"]
            let parts = ["bucketsDone", "bucketsReleased", "bucketsHeld"].map { statistics[$0].int ?? -1000 }
            #expect(
                statistics["bucketsAssigned"].int == parts.reduce(0, +), "I4: \(client) \(statistics)",
                sourceLocation: sourceLocation)
        }
    }
}
