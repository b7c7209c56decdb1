import Foundation
import NIOHTTP1
import Synchronization
import TestSupport
import Testing

/// Volunteers and an operator that go on through crashes: a call without an answer is made again as it is, once the node is back.
final class Workload: Sendable {
    private struct State {
        var finished = false
        var generation = 0
        var waiters: [(seen: Int, continuation: CheckedContinuation<Void, Never>)] = []
        var names = 0
    }

    private let api: API
    private let ledger: Ledger
    private let state = Mutex(State())

    init(api: API, ledger: Ledger) {
        self.api = api
        self.ledger = ledger
    }

    /// The node is back: whoever waits calls again.
    func resume() {
        let woken = state.withLock { state in
            state.generation += 1
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in woken { waiter.continuation.resume() }
    }

    /// Ends the loops; the calls under way are still finished.
    func finish() {
        state.withLock { $0.finished = true }
        resume()
    }

    private var finished: Bool { state.withLock { $0.finished } }

    /// Makes the call until it is answered. Between two attempts it waits for the node's return, not for time.
    private func answered(_ call: () async throws -> Answer) async throws -> Answer {
        var failures = 0
        while true {
            let generation = state.withLock { $0.generation }
            do {
                let answer = try await call()
                if answer.status < 500 { return answer }
            } catch {
                failures += 1
                try #require(failures < 2000, "no answer: \(error)")
            }
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard state.generation == generation, !state.finished else { return false }
                    state.waiters.append((generation, continuation))
                    return true
                }
                if !waits { continuation.resume() }
            }
        }
    }

    func register(_ number: Int) async throws {
        let volunteer = Volunteer(api, number)
        let answer = try await answered {
            try await volunteer.register(["usersPerWindow": 1_000_000, "windowSeconds": 900])
        }
        #expect([200, 201].contains(answer.status))
        ledger.registered(volunteer.id)
    }

    /// Adds users until the end.
    func importer() async throws {
        while !finished { try await addSome() }
    }

    private func addSome() async throws {
        let first = state.withLock { state in
            defer { state.names += 50 }
            return state.names
        }
        let names = (first..<first + 50).map { "user\($0)" }
        let answer = try await answered {
            try await api.operate(
                .POST, "/v1/users",
                ["users": .array(names.map { ["screenName": .string($0)] }), "mark": ["service": "dmcheck"]])
        }
        #expect(answer.status == 200)
        ledger.added(names)
    }

    /// Takes, reports in parts, gives back now and then, until the end.
    func volunteer(_ number: Int) async throws {
        let volunteer = Volunteer(api, number)
        var turn = number
        while !finished {
            turn += 1
            let key = "turn-\(turn)"
            let answer = try await answered { try await volunteer.lease(key: key) }
            #expect(answer.status == 200)
            guard let lease = answer.json["leases"].array.first else {
                ledger.answered()
                continue
            }
            ledger.holds(lease)
            try await finish(lease, of: volunteer, givingBack: turn % 7 == 3)
        }
    }

    private func finish(_ lease: JSON, of volunteer: Volunteer, givingBack: Bool) async throws {
        let half = lease.names.count / 2
        try await report(Array(lease.names.prefix(half)), of: lease, as: volunteer)
        let rest = Array(lease.names.dropFirst(half))
        guard givingBack else { return try await report(rest, of: lease, as: volunteer) }
        ledger.letsGo(rest, of: lease.id)
        let answer = try await answered { try await volunteer.call(.DELETE, "/v1/leases/\(lease.id)") }
        if answer.status != 204 { ledger.violation("giving back \(lease.id) was answered \(answer.status)") }
        ledger.answered()
    }

    private func report(_ users: [String], of lease: JSON, as volunteer: Volunteer) async throws {
        guard !users.isEmpty else { return }
        ledger.letsGo(users, of: lease.id)
        let answer = try await answered { try await volunteer.report(lease.id, of: users, verdict: "dm") }
        let kept = (answer.json["accepted"].int ?? 0) + (answer.json["replayed"].int ?? 0)
        if answer.status == 200, kept == users.count {
            ledger.reported(users, verdict: "dm", client: volunteer.id, lease: lease.id)
        } else {
            ledger.violation("a report on \(lease.id) was answered \(answer.status) \(answer.text)")
        }
    }

    /// Every exchange once, in an order that reaches every command.
    func oneOfEach() async throws {
        try await register(1)
        let volunteer = Volunteer(api, 1)
        for _ in 0..<3 { try await addSome() }
        for turn in 0..<3 {
            let answer = try await answered { try await volunteer.lease(key: "each-\(turn)") }
            let lease = answer.json["leases"][0]
            ledger.holds(lease)
            let renewed = try await answered { try await volunteer.call(.POST, "/v1/leases/\(lease.id)/renew") }
            #expect([200, 409].contains(renewed.status))
            try await finish(lease, of: volunteer, givingBack: turn == 1)
            // Statistics are told after what other shards had to say has arrived.
            _ = try await answered { try await api.operate(.GET, "/v1/clients/\(volunteer.id)") }
        }
        let last = try await answered { try await volunteer.lease(key: "each-last") }
        ledger.holds(last.json["leases"][0])
        ledger.letsGo(last.json["leases"][0].names, of: last.json["leases"][0].id)
        let ended = try await answered { try await volunteer.unregister() }
        #expect([204, 401].contains(ended.status))
        let held = try await api.operate(.GET, "/v1/clients/\(volunteer.id)").json["statistics"]["bucketsHeld"]
        #expect(held.int == 0)
    }
}
