import ChaosChecker
import Foundation
import NIOHTTP1
import SeededRandom

/// One client that asks one node as fast as it can, many times at once, for nothing: what it asks for changes nothing, so the
/// history is spared it.
struct Flood {
    let caller: Caller
    let directory: Directory
    private let target: Endpoint
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
        target = directory.draw(&random)
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
        let seeds = (0..<Limits.floodAtOnce).map { _ in random.next() }
        return await withTaskGroup(of: Answers.self) { [self] group in
            for seed in seeds { group.addTask { await pour(until: deadline, seed: seed) } }
            return await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        }
    }

    private func pour(until deadline: ContinuousClock.Instant, seed: UInt64) async -> Answers {
        var random = SplitMix64(seed: seed)
        var answers: Answers = [:]
        let results = Body.Results(results: [Body.Results.Row(screenName: "nobody", verdict: "dm")], release: false)
        while ContinuousClock.now < deadline {
            let reply =
                random.happens(50)
                ? await send(.GET, "/v1/leases", body: nil, to: target)
                : await send(.POST, "/v1/leases/none-\(random.next())/results", body: results, to: target)
            answers[reply.status ?? 0, default: 0] += 1
        }
        return answers
    }

    private func send(_ method: HTTPMethod, _ path: String, body: (any Encodable)?, to node: Endpoint) async -> Reply {
        await caller.send(method, path, to: node, token: "\(Self.id).\(Self.secret)", body: body)
    }
}
