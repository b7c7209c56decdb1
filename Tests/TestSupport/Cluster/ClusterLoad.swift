import NIOCore
import NIOHTTP1
import Synchronization
import Testing

/// Volunteers at every node and an operator that adds users, all through whatever happens to the nodes; what was acknowledged
/// is in the ledger.
package final class ClusterLoad: Sendable {
    package let ledger = Ledger()
    private let nodes: [API]
    private let callers: [PersistentCaller]
    /// The one that adds users: each of its calls reaches nearly every shard, so its gaps are those of the whole cluster.
    package let writer: PersistentCaller
    private let volunteers: Int
    private let state = Mutex((finished: false, names: 0))

    /// - Parameter nodes: the nodes that are called; one call is waited for as long as their patience says.
    package init(_ nodes: [API], volunteers: Int = 6) {
        self.nodes = nodes
        self.volunteers = volunteers
        callers = (0..<volunteers).map { PersistentCaller(nodes, home: $0) }
        writer = PersistentCaller(nodes)
    }

    /// Runs the load while `body` does something to the cluster, lets every call come to its end, and holds what the
    /// cluster has against what it acknowledged.
    package static func run(
        on cluster: LocalCluster, volunteers: Int = 6, _ body: (ClusterLoad) async throws -> Void
    ) async throws {
        // A node that does not answer for so long is left for another, as any client with more than one address does.
        let apis = try cluster.names.map { try cluster.api($0, patience: .seconds(1)) }
        let load = ClusterLoad(apis, volunteers: volunteers)
        try await load.prepare()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<volunteers { group.addTask { try await load.work(number) } }
            group.addTask { try await load.addUsers() }
            do {
                try await load.goOn()
                load.writer.forgetGaps()
                try await body(load)
                try await load.goOn()
            } catch {
                load.finish()
                throw error
            }
            load.finish()
            try await group.waitForAll()
        }
        let refused = (load.callers + [load.writer]).flatMap { $0.refusals.keys }
        #expect(Set(refused).isSubset(of: [503]), "clients see no error but 503: \(Set(refused))")
        try await load.ledger.check(against: try cluster.api(try await cluster.serving()))
    }

    /// Lets the load go on for a while; fails when it does not.
    package func goOn(_ answers: Int = 5) async throws {
        try await writer.waitForAnswers(answers)
        await ledger.waitForAcknowledgements(10 * answers)
    }

    /// How it went, in one line.
    package var summary: String {
        let all = callers + [writer]
        let refusals = all.reduce(into: [:]) { $0.merge($1.refusals, uniquingKeysWith: +) }
        return "the writer's longest gap \(writer.longestGap.seconds) s, refusals \(refusals), "
            + "\(all.reduce(0) { $0 + $1.silences }) calls without an answer, \(ledger.summary)"
    }

    private func prepare() async throws {
        let api = nodes[0]
        _ = try await api.operate(
            .PATCH, "/v1/settings", ["registrationsPerMinutePerSource": 100_000, "requestsPerSecondPerClient": 10_000])
        _ = try await api.operate(
            .PUT, "/v1/services/dmcheck", ["bucketSize": 10, "coolDownSeconds": 0, "maxOutstanding": 100])
        for number in 0..<volunteers {
            let answer = try await callers[number].answered {
                try await Volunteer($0, number).register(["usersPerWindow": 1_000_000, "windowSeconds": 900])
            }
            #expect([200, 201].contains(answer.status), "\(answer.text)")
            ledger.registered(Volunteer(api, number).id)
        }
    }

    private func finish() { state.withLock { $0.finished = true } }
    private var finished: Bool { state.withLock { $0.finished } }

    private func addUsers() async throws {
        while !finished {
            let first = state.withLock { state in
                defer { state.names += 50 }
                return state.names
            }
            let names = (first..<first + 50).map { "user\($0)" }
            let answer = try await writer.answered {
                try await $0.operate(
                    .POST, "/v1/users",
                    ["users": .array(names.map { ["screenName": .string($0)] }), "mark": ["service": "dmcheck"]])
            }
            if answer.status == 200 { ledger.added(names) } else { ledger.violation("adding: \(answer.text)") }
        }
    }

    private func work(_ number: Int) async throws {
        let caller = callers[number]
        var turn = 0
        while !finished {
            turn += 1
            let key = "turn-\(turn)"
            let answer = try await caller.answered { try await Volunteer($0, number).lease(key: key) }
            guard answer.status == 200 else {
                ledger.violation("a lease was answered \(answer.text)")
                return
            }
            guard let lease = answer.json["leases"].array.first else {
                ledger.answered()
                // Nothing waits: the importer is slower than the volunteers.
                try await Task.sleep(for: .milliseconds(20))
                continue
            }
            ledger.holds(lease)
            let half = lease.names.count / 2
            try await report(Array(lease.names.prefix(half)), of: lease, as: number)
            try await report(Array(lease.names.dropFirst(half)), of: lease, as: number)
        }
    }

    private func report(_ users: [String], of lease: JSON, as number: Int) async throws {
        guard !users.isEmpty else { return }
        ledger.letsGo(users, of: lease.id)
        let answer = try await callers[number].answered {
            try await Volunteer($0, number).report(lease.id, of: users, verdict: "dm")
        }
        let kept = (answer.json["accepted"].int ?? 0) + (answer.json["replayed"].int ?? 0)
        if answer.status == 200, kept == users.count {
            ledger.reported(users, verdict: "dm", client: Volunteer(nodes[0], number).id, lease: lease.id)
        } else {
            ledger.violation("a report on \(lease.id) was answered \(answer.status) \(answer.text)")
        }
    }
}
