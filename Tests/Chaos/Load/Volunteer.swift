import ChaosChecker
import Foundation
import NIOHTTP1
import SeededRandom

/// One volunteer: takes leases from nodes at random and reports, well or badly; every draw is its own seed's.
struct Volunteer {
    let number: Int
    let caller: Caller
    let directory: Directory
    let recorder: Recorder
    let board: Board
    var random: SplitMix64
    /// What it means to report too late, and when.
    var late: [(due: Double, grant: Call.Grant)] = []
    private var wishes = 0

    init(number: Int, seed: UInt64, caller: Caller, directory: Directory, recorder: Recorder, board: Board) {
        self.number = number
        self.caller = caller
        self.directory = directory
        self.recorder = recorder
        self.board = board
        random = SplitMix64(seed: seed &+ UInt64(number) &* 0x1_0000_0001)
    }

    static let firstID = 1_000_000
    var id: String { String(Self.firstID + number) }
    var actor: String { "volunteer \(number)" }
    var secret: String { String(repeating: "s", count: 43) + "-\(number)" }
    var token: String { "\(id).\(secret)" }
    var registration: Body.Registration { Body.Registration(screenName: "Volunteer\(number)", secret: secret) }

    mutating func run() async {
        await register()
        while !board.isOver {
            await round()
            await pause(0.01...0.1)
        }
        // Some leave for good, once nothing waits any more: what they were given back is nobody's work.
        if number % Self.leaver == 0 { await unregister() }
    }

    /// One in so many is not registered at the end.
    private static let leaver = 4

    private mutating func round() async {
        await reportLate()
        if !board.isEnding, random.happens(1) {
            await unregister()
            await register()
        }
        let grants =
            !board.isEnding && random.happens(5)
            ? await recollect() : await lease(Int.random(in: 1...3, using: &random))
        if grants.isEmpty { await pause(0.2...0.6) }
        for grant in grants where !board.isOver {
            await board.isEnding ? whole(grant) : treat(grant)
        }
    }

    func pause(_ range: ClosedRange<Double>) async {
        var draw = SystemRandomNumberGenerator()
        try? await Task.sleep(for: .seconds(Double.random(in: range, using: &draw)))
    }

    // MARK: Calls

    /// Makes a call to a node drawn anew each time until it is answered with yes or no, `Limits.attempts` times at most.
    /// Each attempt is recorded with what `complete` adds to it.
    mutating func insist(
        _ kind: Call.Kind, _ method: HTTPMethod, _ path: String, body: (any Encodable)? = nil, key: String? = nil,
        attempts: Int = Limits.attempts, patience: Double = Limits.callPatience,
        _ complete: (Reply, inout Call) -> Void = { _, _ in }
    ) async -> Call {
        var attempt = 0
        while true {
            attempt += 1
            let reply = await caller.send(
                method, path, to: directory.draw(&random), token: token, body: body, key: key, patience: patience)
            var call = reply.call(kind, by: actor)
            call.client = id
            call.key = key
            if call.outcome == .unknown, patience < Limits.callPatience { call.isAbandoned = true }
            complete(reply, &call)
            recorder.record(call)
            let waits = call.status == 429
            if (call.outcome == .done || call.outcome == .refused) && !waits || attempt >= attempts || board.isOver {
                return call
            }
            await pause(0.1...0.4)
        }
    }

    mutating func register() async {
        while !board.isOver {
            if await insist(.register, .PUT, "/v1/clients/\(id)", body: registration).outcome == .done { return }
        }
    }

    private mutating func unregister() async {
        _ = await insist(.unregister, .DELETE, "/v1/clients/\(id)")
        late = []
    }

    mutating func lease(_ count: Int) async -> [Call.Grant] {
        wishes += 1
        var grants = await wish(count).grants
        if random.happens(5) {
            // As one that ended before it wrote the answer down, and asks again for the same.
            let known = Set(grants.map(\.id))
            grants += await wish(count).grants.filter { !known.contains($0.id) }
        }
        return grants
    }

    private mutating func wish(_ count: Int) async -> Call {
        let call = await insist(
            .lease, .POST, "/v1/leases", body: Body.Wish(count: count), key: "v\(number)-\(wishes)"
        ) { reply, call in
            call.asked = count
            call.grants = reply.read(Body.Leases.self, into: &call)?.leases.map(\.grant) ?? []
        }
        for grant in call.grants { board.granted(grant, to: id) }
        return call
    }

    /// What it holds, as after a crash of its own.
    mutating func recollect() async -> [Call.Grant] {
        await insist(.recollect, .GET, "/v1/leases") { reply, call in
            call.grants = reply.read(Body.Listing<Body.Lease>.self, into: &call)?.items.map(\.grant) ?? []
        }.grants
    }

    @discardableResult
    mutating func report(
        _ lease: String, _ rows: [Call.Row], release: Bool = false, attempts: Int = Limits.attempts,
        patience: Double = Limits.callPatience
    ) async -> Call {
        let body = Body.Results(
            results: rows.map { Body.Results.Row(screenName: $0.user, verdict: $0.verdict) }, release: release)
        return await insist(
            .report, .POST, "/v1/leases/\(lease)/results", body: body, attempts: attempts, patience: patience
        ) { reply, call in
            call.lease = lease
            call.rows = rows
            call.release = release
            guard let answer = reply.read(Body.Reported.self, into: &call) else { return }
            call.accepted = answer.accepted
            call.replayed = answer.replayed
            call.discarded = answer.discarded
            call.rejected = answer.rejected.map(\.screenName)
        }
    }

    mutating func renew(_ lease: String) async {
        _ = await insist(.renew, .POST, "/v1/leases/\(lease)/renew") { reply, call in
            call.lease = lease
            call.deadline = reply.read(Body.Renewed.self, into: &call)?.deadline.seconds
        }
    }

    mutating func giveBack(_ lease: String) async {
        _ = await insist(.giveBack, .DELETE, "/v1/leases/\(lease)") { _, call in call.lease = lease }
    }

    /// One verdict for each user, the same for the same draw.
    mutating func verdicts(_ users: some Sequence<String>) -> [Call.Row] {
        users.map {
            Call.Row(
                user: $0, verdict: ["dm", "non_dm", "unknown", "protected"][Int.random(in: 0..<4, using: &random)])
        }
    }
}

extension Body.Lease {
    var grant: Call.Grant {
        Call.Grant(
            id: id, service: service, grantedAt: grantedAt.seconds, deadline: deadline.seconds,
            users: users.map(\.screenName))
    }
}
