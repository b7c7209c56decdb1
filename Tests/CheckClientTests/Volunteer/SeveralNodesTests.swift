import CheckClient
import Foundation
import Synchronization
import Testing

@Suite("A volunteer that knows several nodes")
struct SeveralNodesTests {
    private static let granted = StubAnswer.json(
        200,
        #"{"requested":1,"granted":1,"cap":10,"outstanding":1,"leases":["# + VolunteerRunTests.lease + "]}")
    private static let done = StubAnswer.json(
        200, #"{"accepted":2,"replayed":0,"discarded":0,"rejected":[],"remaining":0,"state":"done"}"#)

    /// What a node that serves everything answers.
    private static func serve(_ request: StubRequest) -> StubAnswer {
        switch (request.method, request.target) {
        case ("PUT", _): .json(201, VolunteerRunTests.client)
        case ("GET", "/v1/leases"): .json(200, #"{"items":[],"nextCursor":null}"#)
        case ("POST", "/v1/leases"): granted
        case ("POST", "/v1/leases/L1/results"): done
        default: .problem("lease-gone", 410)
        }
    }

    /// The first two nodes that a volunteer is given, and what they were asked until a report was taken.
    private func work(
        first: @escaping @Sendable (StubRequest) -> StubAnswer,
        second: @escaping @Sendable (StubRequest) -> StubAnswer, gone: [NodeAddress] = []
    ) async throws -> (first: [StubRequest], second: [StubRequest]) {
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        @Sendable func script(_ answer: @escaping @Sendable (StubRequest) -> StubAnswer) -> StubScript {
            StubScript { _, request in
                let answer = answer(request)
                if request.target.hasSuffix("/results"), case .json(200, _, _) = answer { stop.yield() }
                return answer
            }
        }
        return try await StubNode.with(script(first)) { first in
            try await StubNode.with(script(second)) { second in
                let profile = VolunteerRunTests.profile()
                let client = try ClusterClient(
                    nodes: gone + [first.address, second.address], credential: profile.credential, patienceSeconds: 0)
                let run = VolunteerRun(
                    client: client, profile: profile, invite: nil, checker: DemoChecker(),
                    configuration: VolunteerConfiguration(speed: 100, keyPrefix: "k", seed: 1), tell: { _, _ in })
                let outcome = try await ClusterClient.with(client) { _ in await run.run(stops: stops) }
                #expect(outcome == .stopped)
                return (first.requests, second.requests)
            }
        }
    }

    private func leaseKeys(_ requests: [StubRequest]) -> [String?] {
        requests.filter { $0.method == "POST" && $0.target == "/v1/leases" }.map { $0.headers["idempotency-key"] }
    }

    @Test(
        "a node without a leader (503) or that breaks off is passed over, under the same key", arguments: [true, false])
    func sameKeyElsewhere(answers: Bool) async throws {
        let asked = try await work(
            first: { request in
                guard request.target == "/v1/leases", request.method == "POST" else { return Self.serve(request) }
                return answers ? .problem("unavailable", 503, headers: ["Retry-After": "30"]) : .lost
            }, second: Self.serve)
        let keys = (leaseKeys(asked.first), leaseKeys(asked.second))
        #expect(keys.0.first == "k-1")
        #expect(keys.1.first == "k-1")
    }

    @Test("a node that is gone is passed over from the beginning")
    func gone() async throws {
        let asked = try await work(first: Self.serve, second: Self.serve, gone: [try await StubNode.nobody()])
        #expect(asked.first.contains { $0.target.hasSuffix("/results") })
        #expect(asked.second.isEmpty)
    }

    @Test("a report that was taken by a node that then broke off is repeated elsewhere")
    func reportElsewhere() async throws {
        let asked = try await work(
            first: { $0.target.hasSuffix("/results") ? .lost : Self.serve($0) }, second: Self.serve)
        let reports = (asked.first + asked.second).filter { $0.target.hasSuffix("/results") }
        #expect(reports.count >= 2)
        #expect(reports.first?.body == reports.last?.body)
    }

    @Test("when every node says when to come again the volunteer waits for so long, and keeps its key")
    func waits() async throws {
        let asked = Mutex<[ContinuousClock.Instant]>([])
        let answer: @Sendable (StubRequest) -> StubAnswer = { request in
            guard request.target == "/v1/leases", request.method == "POST" else { return Self.serve(request) }
            let count = asked.withLock { asked in
                asked.append(.now)
                return asked.count
            }
            return count <= 2 ? .problem("unavailable", 503, headers: ["Retry-After": "1"]) : Self.granted
        }
        let requests = try await work(first: answer, second: answer)
        let times = asked.withLock { $0 }
        #expect(times.count >= 3)
        #expect(times[2] - times[1] >= .seconds(1))
        #expect(Set(leaseKeys(requests.first) + leaseKeys(requests.second)).contains("k-1"))
        #expect(leaseKeys(requests.first).first == "k-1" && leaseKeys(requests.second).first == "k-1")
    }
}
