import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

/// A node over scripted shards, with the callers that most tests need.
struct TestNode {
    let script = Script()
    let node: LoneNode
    let client = ClientID(rawValue: 7)
    let operatorCaller = Caller.operator(name: "root", .simulated(1))

    /// Ready to serve; what it took to get there is not in the script's record.
    init(seed: UInt64 = 1, shards: Int = 4) throws {
        node = try LoneNode(seed: seed, shards: shards, store: script)
        try node.runUntilReady()
        script.forget()
    }

    var caller: Caller { .client(client, .simulated(2)) }
    var home: ShardID { node.identity.placement(.client(client)) }
    var shards: [ShardID] { ShardID.all(count: node.identity.shardCount) }

    func order(count: Int = 1, waitSeconds: Int = 0, key: String? = nil) -> Request {
        .lease(
            caller,
            LeaseOrder(
                service: .dmcheck, count: count, waitSeconds: waitSeconds,
                key: key.map { Reservation.Key(key: $0, body: [1]) }))
    }

    /// Makes these shards say that they have work; they say it with the next thing they apply.
    func announce(_ shards: [ShardID], lane: Lane = .normal, buckets: Int = 1) throws {
        for shard in shards {
            script.ready[shard] = [ShardSummary.Readiness(service: .dmcheck, lane: lane, buckets: buckets)]
        }
        _ = try node.answer(to: .deleteUser(operatorCaller, try #require(name(on: shards[0]))))
        for shard in shards.dropFirst() {
            _ = try node.answer(to: .deleteUser(operatorCaller, try #require(name(on: shard))))
        }
        script.forget()
    }

    /// A user's name that is placed on `shard`.
    func name(on shard: ShardID) -> ScreenName? {
        (0..<1000).lazy.compactMap { ScreenName("n\($0)") }.first { node.identity.placement(.user($0)) == shard }
    }

    /// The answer to a request, which must come.
    func answer(to request: Request, within limit: Duration = .seconds(60)) throws -> Result<Response, Refusal> {
        try #require(try node.answer(to: request, within: limit))
    }
}

extension Result where Success == Response, Failure == Refusal {
    var leases: [LeaseRecord]? {
        if case .success(.leased(let answer)) = self { answer.leases } else { nil }
    }

    var refusal: Refusal? {
        if case .failure(let refusal) = self { refusal } else { nil }
    }

    var isDone: Bool {
        if case .success(.done) = self { true } else { false }
    }
}
