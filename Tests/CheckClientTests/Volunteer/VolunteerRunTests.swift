import CheckClient
import Foundation
import Testing

@Suite("A volunteer over the network")
struct VolunteerRunTests {
    static let lease = """
        {"id":"L1","service":"dmcheck","grantedAt":"2026-01-01T00:00:00.000Z","deadline":"2126-01-01T00:00:00.000Z",\
        "state":"open","slow":false,"attempt":1,"remaining":2,"users":[{"screenName":"Ann"},{"screenName":"bob"}]}
        """
    static let client = """
        {"id":"42","screenName":"v","state":"active","firstRegisteredAt":"2026-01-01T00:00:00.000Z",\
        "lastRegisteredAt":"2026-01-01T00:00:00.000Z","lastAccessAt":"2026-01-01T00:00:00.000Z","capability":{},\
        "statistics":{"bucketsAssigned":0,"bucketsDone":0,"bucketsDead":0,"bucketsReleased":0,"bucketsHeld":0,\
        "usersByVerdict":{},"faults":{},"usersInWindow":0,"agreementRate":null}}
        """

    static func profile() -> Profile {
        var generator = SplitMix64(seed: 3)
        return Profile(screenName: "v", using: &generator)
    }

    /// Runs a volunteer against a stub until `stopping` says that a request was the last that matters.
    private func run(
        _ answer: @escaping @Sendable (StubRequest) -> StubAnswer,
        stopping: @escaping @Sendable (StubRequest) -> Bool
    ) async throws -> (outcome: VolunteerOutcome, requests: [StubRequest]) {
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        let script = StubScript { _, request in
            if stopping(request) { stop.yield() }
            return answer(request)
        }
        return try await StubNode.with(script) { node in
            let profile = Self.profile()
            let client = try ClusterClient(nodes: [node.address], credential: profile.credential, patienceSeconds: 0)
            let run = VolunteerRun(
                client: client, profile: profile, invite: nil, checker: DemoChecker(),
                configuration: VolunteerConfiguration(speed: 100, keyPrefix: "k", seed: 1), tell: { _, _ in })
            let outcome = try await ClusterClient.with(client) { _ in await run.run(stops: stops) }
            return (outcome, node.requests)
        }
    }

    @Test("it registers, takes a lease, checks its users, reports them, and stops when asked")
    func wholeLife() async throws {
        let life = try await run { request in
            switch (request.method, request.target) {
            case ("PUT", _): .json(201, Self.client)
            case ("GET", "/v1/leases"): .json(200, #"{"items":[],"nextCursor":null}"#)
            case ("POST", "/v1/leases"):
                .json(200, #"{"requested":1,"granted":1,"cap":10,"outstanding":1,"leases":["# + Self.lease + "]}")
            case ("POST", "/v1/leases/L1/results"):
                .json(
                    200,
                    #"{"accepted":2,"replayed":0,"discarded":0,"rejected":[],"remaining":0,"state":"done"}"#)
            default: .problem("lease-gone", 410)
            }
        } stopping: { request in
            request.target.hasSuffix("/results")
        }
        #expect(life.outcome == .stopped)
        let registration = try #require(life.requests.first)
        #expect(registration.target == "/v1/clients/\(Self.profile().id)")
        #expect(registration.body.contains(#""capability":{"usersPerWindow":180,"windowSeconds":9}"#))
        let reports = life.requests.filter { $0.target.hasSuffix("/results") }
        #expect(reports.count == 1)
        #expect(
            reports.first?.body.contains(#""screenName":"Ann","verdict":"\#(DemoChecker.verdict(of: "ann").rawValue)""#)
                == true)
        #expect(
            life.requests.filter { $0.target == "/v1/leases" && $0.method == "POST" }.allSatisfy {
                $0.headers["idempotency-key"]?.hasPrefix("k-") == true
            })
    }

    @Test("started again it goes on with the lease that it held")
    func F5_goesOn() async throws {
        let life = try await run { request in
            switch (request.method, request.target) {
            case ("PUT", _): .json(200, Self.client)
            case ("GET", "/v1/leases"): .json(200, #"{"items":["# + Self.lease + #"],"nextCursor":null}"#)
            case ("POST", "/v1/leases"):
                .json(200, #"{"requested":1,"granted":0,"cap":10,"outstanding":1,"leases":[],"retryAfterSeconds":60}"#)
            default:
                .json(200, #"{"accepted":2,"replayed":0,"discarded":0,"rejected":[],"remaining":0,"state":"done"}"#)
            }
        } stopping: { request in
            request.target.hasSuffix("/results")
        }
        #expect(life.outcome == .stopped)
        #expect(life.requests.contains { $0.target == "/v1/leases/L1/results" })
    }

    @Test("refused for good it ends with the reason")
    func refused() async throws {
        let life = try await run { _ in
            .problem("identity-taken", 403)
        } stopping: { _ in
            false
        }
        guard case .failed(let reason) = life.outcome else {
            Issue.record("it fails")
            return
        }
        #expect(reason.contains("identity-taken"))
        #expect(life.requests.count == 1)
    }
}
