import ChaosChecker
import Foundation
import NIOHTTP1

/// One client that asks as fast as it can, many times at once, for nothing: what it asks for changes nothing, so the history is
/// spared it.
struct Flood {
    let caller: Caller
    let directory: Directory
    private var random: SplitMix64

    /// No volunteer has this number.
    private static let number = 999
    private static let id = String(Volunteer.firstID + number)
    private static let secret = String(repeating: "f", count: 43)

    /// How it was answered, by status; 0: not at all.
    typealias Answers = [Int: Int]

    init(caller: Caller, directory: Directory, seed: UInt64) {
        self.caller = caller
        self.directory = directory
        random = SplitMix64(seed: seed)
    }

    /// Whether somebody took the client in.
    mutating func register() async -> Bool {
        let body = Body.Registration(screenName: "Flood\(Self.number)", secret: Self.secret)
        for _ in 0..<Limits.attempts {
            let reply = await send(.PUT, "/v1/clients/\(Self.id)", body: body, to: directory.draw(&random))
            if reply.outcome == .done { return true }
            try? await Task.sleep(for: .milliseconds(200))
        }
        return false
    }

    mutating func run(seconds: Double) async -> Answers {
        let deadline = ContinuousClock.now + .seconds(seconds)
        return await withTaskGroup(of: Answers.self) { group in
            for _ in 0..<Limits.floodAtOnce {
                let flood = Flood(caller: caller, directory: directory, seed: random.next())
                group.addTask { await flood.pour(until: deadline) }
            }
            return await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        }
    }

    private func pour(until deadline: ContinuousClock.Instant) async -> Answers {
        var flood = self
        var answers: Answers = [:]
        let results = Body.Results(results: [Body.Results.Row(screenName: "nobody", verdict: "dm")], release: false)
        while ContinuousClock.now < deadline {
            let node = directory.draw(&flood.random)
            let reply =
                flood.random.happens(50)
                ? await send(.GET, "/v1/leases", body: nil, to: node)
                : await send(.POST, "/v1/leases/none-\(flood.random.next())/results", body: results, to: node)
            answers[reply.status ?? 0, default: 0] += 1
        }
        return answers
    }

    private func send(_ method: HTTPMethod, _ path: String, body: (any Encodable)?, to node: Endpoint) async -> Reply {
        await caller.send(method, path, to: node, token: "\(Self.id).\(Self.secret)", body: body)
    }
}
