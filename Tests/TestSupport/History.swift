import Synchronization
import Testing

/// What happened to each user, as the clients saw it: checked for I1 (never in two live leases) and for results given once.
package final class History: Sendable {
    private struct State {
        /// Who holds which user now.
        var holder: [String: String] = [:]
        var accepted: [String: Int] = [:]
        var deleted: Set<String> = []
        var violations: [String] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// Takes leases and reports on them until there is none, at most `rounds` times.
    package func work(as volunteer: Volunteer, rounds: Int) async throws {
        for _ in 0..<rounds {
            let answer = try await volunteer.lease()
            #expect(answer.status == 200, "\(answer.text)")
            guard answer.json["granted"].int ?? 0 > 0 else { return }
            let lease = answer.json["leases"][0]
            granted(lease)
            try await report(lease, lease.names, as: volunteer)
            ended(lease)
        }
    }

    /// Reports some users of a lease. They are let go before the report is sent: from its commit on, others may have them.
    package func report(_ lease: JSON, _ users: [String], as volunteer: Volunteer) async throws {
        release(users, of: lease.id)
        let answer = try await volunteer.report(lease.id, of: users)
        #expect(answer.status == 200, "\(answer.text)")
        let rejected = Set(answer.json["rejected"].array.compactMap { $0["screenName"].string })
        let rows = answer.json["accepted"].int ?? 0
        let gone = answer.json["discarded"].int ?? 0
        state.withLock { state in
            if rows + gone + rejected.count != users.count {
                state.violations.append("rows of \(lease.id) do not add up")
            }
            if !rejected.isEmpty { state.violations.append("\(rejected) were rejected in \(lease.id)") }
            // With a deletion in between it is not told which row was discarded: count only whole reports.
            if gone == 0 { for user in users { state.accepted[user, default: 0] += 1 } }
        }
    }

    package func granted(_ lease: JSON) {
        state.withLock { state in
            for user in lease.names {
                if let other = state.holder[user] {
                    state.violations.append("I1: \(user) is in \(other) and \(lease.id)")
                }
                state.holder[user] = lease.id
            }
        }
    }

    package func ended(_ lease: JSON) { release(lease.names, of: lease.id) }

    private func release(_ users: [String], of lease: String) {
        state.withLock { state in
            for user in users where state.holder[user] == lease { state.holder[user] = nil }
        }
    }

    package func deleted(_ user: String) { state.withLock { _ = $0.deleted.insert(user) } }

    package var deletions: Int { state.withLock { $0.deleted.count } }
    package var deletedNames: [String] { state.withLock { $0.deleted.sorted() } }
    package var acceptedRows: Int { state.withLock { $0.accepted.values.reduce(0, +) } }

    package func check(sourceLocation: SourceLocation = #_sourceLocation) {
        state.withLock { state in
            #expect(state.violations.isEmpty, "\(state.violations.prefix(5))", sourceLocation: sourceLocation)
            let twice = state.accepted.filter { $0.value > 1 }
            #expect(
                twice.isEmpty, "accepted more than once: \(twice.keys.sorted().prefix(5))",
                sourceLocation: sourceLocation)
        }
    }
}

extension Array where Element == Volunteer {
    /// All of them at once.
    package func concurrently<Value: Sendable>(
        _ body: @escaping @Sendable (Volunteer) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value.self) { group in
            for volunteer in self { group.addTask { try await body(volunteer) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
