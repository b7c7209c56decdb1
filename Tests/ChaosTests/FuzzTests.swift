import Foundation
import NIOHTTP1
import SeededRandom
import TestSupport
import Testing

@Suite("Bad input to a real node, at every call: no 5xx, no change of state, no growth of memory", .serialized)
struct FuzzTests {
    /// What resident memory may grow by under mutations, once the corpus has been played. The allocator keeps what a
    /// few large bodies needed at once; a leak of one small body a request would be twice as much.
    static let margin = 8 << 20
    /// Mutations that are played, and how long they may take: the rest of a run on a slow machine is left out.
    static let mutations = ProcessInfo.processInfo.environment["DMCHECK_MUTATIONS"].flatMap(Int.init) ?? 8000
    static let time: Duration = mutations == 8000 ? .seconds(8) : .seconds(3600)

    @Test("the corpus and seeded mutations of it")
    func corpus() async throws {
        let seed = ProcessInfo.processInfo.environment["DMCHECK_SEED"].flatMap(UInt64.init) ?? .random(in: 0 ... .max)
        try await NodeProcess.run(arguments: ["--insecure-http"]) { node, api in
            try await Self.prepare(api)
            let calls = try await Self.calls(of: api)
            #expect(calls.count >= 39)
            try await Self.settle(api)
            let before = try await Self.state(api)
            let fuzzer = Fuzzer(
                port: node.port, input: try BadInput(), calls: calls, operatorToken: api.operatorToken)

            let warm = await onThread { () -> Fuzzer in
                var fuzzer = fuzzer
                fuzzer.playCorpus()
                return fuzzer
            }
            let memory = node.residentBytes
            let done = await onThread { () -> Fuzzer in
                var fuzzer = warm
                var random = SplitMix64(seed: seed)
                fuzzer.playMutations(Self.mutations, until: .now + Self.time, using: &random)
                return fuzzer
            }
            let growth = node.residentBytes - memory

            print("seed \(seed): \(done.sent) requests, \(done.answered) answered, grown by \(growth >> 10) KiB")
            #expect(done.failures.isEmpty, "seed \(seed): \(done.failures.prefix(3).joined(separator: "\n"))")
            #expect(growth < Self.margin, "seed \(seed): grown from \(memory) by \(growth) bytes")
            let after = try await Self.state(api)
            #expect(after == before, "seed \(seed)")
            #expect(try await api.call(.GET, "/readyz").status == 200)
            #expect(node.terminate() == 0)
        }
    }

    /// Users in every state, a client that holds a lease, and no limit that would spare the node some of it.
    private static func prepare(_ api: API) async throws {
        _ = try await api.operate(.PATCH, "/v1/settings", ["registrationsPerMinutePerSource": 1_000_000])
        _ = try await api.operate(.PUT, "/v1/services/dmcheck", ["bucketSize": 10])
        let names: [JSON] = (0..<200).map { ["screenName": .string("user\($0)")] }
        _ = try await api.operate(.POST, "/v1/users", ["users": .array(names), "mark": ["service": "dmcheck"]])
        let volunteer = Volunteer(api, 1)
        try await volunteer.register()
        let lease = try await volunteer.take()
        #expect(try await volunteer.report(lease.id, of: Array(lease.names.prefix(3))).status == 200)
    }

    /// Waits until what shards still had to tell each other has arrived: many readings in a row are the same.
    private static func settle(_ api: API) async throws {
        var last: [JSON] = []
        var same = 0
        while same < 200 {
            let applied = try await applied(api)
            same = applied == last ? same + 1 : 0
            last = applied
        }
    }

    private static func applied(_ api: API) async throws -> [JSON] {
        let shards = try await api.operate(.GET, "/v1/cluster").json["shards"].array
        return shards.flatMap { $0["replicas"].array.map { $0["applied"] } }
    }

    /// Every call that the node says it has. The names in place of parameters are no one's; a client's id is malformed,
    /// because registering needs no token.
    private static func calls(of api: API) async throws -> [Fuzzer.Call] {
        guard case .object(let paths) = try await api.call(.GET, "/openapi.json").json["paths"] else { return [] }
        return paths.sorted { $0.key < $1.key }.flatMap { path, item -> [Fuzzer.Call] in
            guard case .object(let methods) = item else { return [] }
            let target = path.replacing("{id}", with: "09").replacing(/\{[a-zA-Z]+\}/, with: "nobody")
            return methods.keys.sorted().map { Fuzzer.Call(method: $0.uppercased(), target: target) }
        }
    }

    /// What must not change: how far each shard has come (a digest of its contents would say less: it is taken by an
    /// entry, and holds the time of that entry), counts, settings, services and clients.
    private static func state(_ api: API) async throws -> [JSON] {
        let applied = try await applied(api)
        #expect(applied.count == 4 && !applied.contains(.null))
        var counts = try await api.operate(.GET, "/v1/counts").json
        if case .object(var members) = counts {
            members["oldestWaitingSeconds"] = nil
            counts = .object(members)
        }
        var state = [counts, .array(applied)]
        for path in ["/v1/settings", "/v1/services", "/v1/clients"] {
            state.append(try await api.operate(.GET, path).json)
        }
        return state
    }
}

/// Runs what blocks on a thread of its own, so that it holds up no other test.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: body()) }
    }
}
