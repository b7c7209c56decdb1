import Coordinator
import NIOCore
import Node
import SeededRandom
import Testing

@Suite(
    "Bad input: no 5xx, the right problem, nothing changes, the connection is in the right state",
    .timeLimit(.minutes(2)))
struct CorpusTests {
    /// Every call that takes a body, with the token it wants.
    static let bodied: [(method: String, target: String, token: String)] = [
        ("PUT", "/v1/clients/9", StandInCoordinator.clientToken),
        ("POST", "/v1/leases", StandInCoordinator.clientToken),
        ("POST", "/v1/leases/AAAA/results", StandInCoordinator.clientToken),
        ("POST", "/v1/users", StandInCoordinator.operatorToken),
        ("POST", "/v1/marks", StandInCoordinator.operatorToken),
        ("POST", "/v1/rechecks", StandInCoordinator.operatorToken),
        ("POST", "/v1/clients/7/quarantine", StandInCoordinator.operatorToken),
        ("PUT", "/v1/services/other", StandInCoordinator.operatorToken),
        ("PATCH", "/v1/settings", StandInCoordinator.operatorToken),
        ("POST", "/v1/invites", StandInCoordinator.operatorToken),
    ]

    @Test("a body that is not JSON is 400 everywhere, and the connection goes on")
    func malformed() async throws {
        try await TestServer.run { server in
            for file in try Corpus.files("bodies/malformed") {
                try await RawConnection.open(port: server.port) { connection in
                    for call in Self.bodied {
                        try await connection.send(
                            TestServer.request(call.method, call.target, token: call.token, body: file.bytes))
                        let answer = try #require(try await connection.answer(), "\(file.name) \(call.target)")
                        #expect(answer.status == 400, "\(file.name) \(call.target)")
                        Self.expectProblem(answer, "invalid-request")
                        #expect(!answer.closes)
                    }
                }
            }
            Self.expectNothingChanged(server)
        }
    }

    @Test("a body of the wrong shape is 400 or 422 everywhere, and nothing changes")
    func misshapen() async throws {
        try await TestServer.run { server in
            for file in try Corpus.files("bodies/misshapen") {
                try await RawConnection.open(port: server.port) { connection in
                    for call in Self.bodied {
                        try await connection.send(
                            TestServer.request(call.method, call.target, token: call.token, body: file.bytes))
                        let answer = try #require(try await connection.answer(), "\(file.name) \(call.target)")
                        let allowed = call.target.hasSuffix("results") ? [422] : [400, 422]
                        #expect(allowed.contains(answer.status), "\(file.name) \(call.target) \(answer.status)")
                        Self.expectProblem(answer, answer.status == 400 ? "invalid-request" : "invalid-fields")
                    }
                }
            }
            Self.expectNothingChanged(server)
        }
    }

    @Test("a request that can be read in two ways is 400, and the connection closes")
    func framing() async throws {
        try await TestServer.run { server in
            for file in try Corpus.files("framing/400") {
                try await RawConnection.open(port: server.port) { connection in
                    try await connection.send(file.bytes)
                    let answer = try #require(try await connection.answer(), "\(file.name)")
                    #expect(answer.status == 400, "\(file.name)")
                    Self.expectProblem(answer, "invalid-request")
                    #expect(answer.closes, "\(file.name)")
                    #expect(try await connection.isClosed(), "\(file.name)")
                }
            }
            Self.expectNothingChanged(server)
        }
    }

    @Test("a head beyond the limits is 431, and the connection closes")
    func largeHeads() async throws {
        try await TestServer.run { server in
            for file in try Corpus.files("framing/431") {
                try await RawConnection.open(port: server.port) { connection in
                    try await connection.send(file.bytes)
                    let answer = try #require(try await connection.answer(), "\(file.name)")
                    #expect(answer.status == 431, "\(file.name)")
                    Self.expectProblem(answer, "headers-too-large")
                    #expect(try await connection.isClosed(), "\(file.name)")
                }
            }
        }
    }

    @Test("tricks with paths and queries are 400 or 404, and the connection goes on")
    func targets() async throws {
        try await TestServer.run { server in
            try await RawConnection.open(port: server.port) { connection in
                for target in try Corpus.lines("targets", "refused.txt") {
                    try await connection.send(
                        TestServer.request("GET", target, token: StandInCoordinator.operatorToken))
                    let answer = try #require(try await connection.answer(), "\(target)")
                    #expect([400, 404].contains(answer.status), "\(target) \(answer.status)")
                    Self.expectProblem(answer, answer.status == 400 ? "invalid-request" : "not-found")
                }
            }
            Self.expectNothingChanged(server)
        }
    }

    @Test("random changes to good requests never give a 5xx, and the server goes on")
    func noise() async throws {
        let seed: UInt64 = 2026
        try await TestServer.run { server in
            var random = SplitMix64(seed: seed)
            let body = Array(#"{"users":["alice","bob"],"priority":"urgent"}"#.utf8)
            let good = TestServer.request(
                "POST", "/v1/marks?consistency=stale", token: StandInCoordinator.operatorToken,
                headers: ["Content-Type: application/json"], body: body)
            for _ in 0..<400 {
                var changed = good
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    let position = Int.random(in: changed.indices, using: &random)
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: changed[position] = UInt8.random(in: 0...255, using: &random)
                    case 1: changed.remove(at: position)
                    default: changed.insert(changed[Int.random(in: changed.indices, using: &random)], at: position)
                    }
                }
                let sent = changed
                try await RawConnection.open(port: server.port) { connection in
                    try await connection.send(sent)
                    connection.finishSending()
                    let answer = try await connection.answer()
                    #expect((answer?.status ?? 400) < 500, "seed \(seed): \(String(decoding: sent, as: UTF8.self))")
                }
            }
            #expect(try await server.send("GET", "/healthz")?.status == 200)
        }
    }

    static func expectProblem(_ answer: RawAnswer, _ slug: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(answer.header("Content-Type") == "application/problem+json", sourceLocation: sourceLocation)
        #expect(answer.header("X-Dmcheck-Node") == "n1", sourceLocation: sourceLocation)
        #expect(
            answer.header("traceparent").flatMap(TraceContext.init(traceparent:)) != nil, sourceLocation: sourceLocation
        )
        let root = try? JSONDocument(parsing: answer.body).root
        #expect(root?["type"]?.string == "urn:dmcheck:problem:\(slug)", sourceLocation: sourceLocation)
        #expect(root?["status"]?.number?.integer == answer.status, sourceLocation: sourceLocation)
        #expect(root?["title"]?.string?.isEmpty == false, sourceLocation: sourceLocation)
        #expect(root?["detail"]?.string?.isEmpty == false, sourceLocation: sourceLocation)
    }

    private static func expectNothingChanged(_ server: TestServer) {
        for request in server.coordinator.requests {
            switch request {
            case .authenticate, .malformedReport, .unknownLease, .services, .cluster, .user, .readiness, .settings:
                break
            default: Issue.record("\(request) came through")
            }
        }
    }
}

extension HTTPLimits {
    /// Deadlines that a test need not wait long for.
    static var short: HTTPLimits {
        var limits = HTTPLimits()
        limits.head = .milliseconds(200)
        limits.body = .milliseconds(200)
        limits.keepAlive = .milliseconds(400)
        limits.linger = .milliseconds(100)
        return limits
    }
}
