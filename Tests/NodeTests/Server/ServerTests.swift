import Checks
import Coordinator
import Node
import ServiceLifecycle
import Testing

@Suite("The HTTP face", .timeLimit(.minutes(1)))
struct ServerTests {
    @Test("every answer names the node and is not to be stored; many requests go over one connection")
    func keepAlive() async throws {
        try await TestServer.run { server in
            try await RawConnection.open(port: server.port) { connection in
                for _ in 0..<50 {
                    try await connection.send(TestServer.request("GET", "/healthz"))
                    let answer = try #require(try await connection.answer())
                    #expect(answer.status == 200)
                    #expect(answer.header("X-Dmcheck-Node") == "n1")
                    #expect(answer.header("Cache-Control") == "no-store")
                    #expect(answer.text == #"{"status":"ok"}"#)
                }
            }
        }
    }

    @Test("requests sent together are answered in order")
    func pipelining() async throws {
        try await TestServer.run { server in
            try await RawConnection.open(port: server.port) { connection in
                let targets = ["/healthz", "/nothing", "/readyz", "/openapi.json", "/healthz"]
                try await connection.send(targets.flatMap { TestServer.request("GET", $0) })
                var statuses: [Int] = []
                for _ in targets { statuses.append(try #require(try await connection.answer()).status) }
                #expect(statuses == [200, 404, 200, 200, 200])
            }
        }
    }

    @Test("a broken request after good ones is answered after them")
    func pipelinedError() async throws {
        try await TestServer.run { server in
            try await RawConnection.open(port: server.port) { connection in
                try await connection.send(
                    TestServer.request("GET", "/healthz") + TestServer.request("GET", "/readyz")
                        + Array("BROKEN\r\n\r\n".utf8))
                var statuses: [Int] = []
                while let answer = try await connection.answer() { statuses.append(answer.status) }
                #expect(statuses == [200, 200, 400])
            }
        }
    }

    @Test("HEAD is answered like GET, without a body")
    func head() async throws {
        try await TestServer.run { server in
            try await RawConnection.open(port: server.port) { connection in
                try await connection.send(TestServer.request("HEAD", "/healthz"))
                let answer = try #require(try await connection.answer(toHead: true))
                #expect(answer.status == 200)
                #expect(answer.header("Content-Length") == "15")
                try await connection.send(TestServer.request("GET", "/healthz"))
                #expect(try await connection.answer()?.status == 200)
            }
            let export = try await server.send("HEAD", "/v1/export", token: StandInCoordinator.operatorToken)
            #expect(export?.status == 200)
            #expect(try await server.send("HEAD", "/v1/export")?.status == 401)
        }
    }

    @Test("a known path with another method is 405 with Allow")
    func method() async throws {
        try await TestServer.run { server in
            let answer = try #require(
                try await server.send("PUT", "/v1/settings", token: StandInCoordinator.operatorToken))
            #expect(answer.status == 405)
            #expect(answer.header("Allow") == "GET, HEAD, PATCH")
            CorpusTests.expectProblem(answer, "method-not-allowed")
            #expect(try await server.send("OPTIONS", "/healthz")?.status == 405)
            #expect(try await server.send("POST", "/healthz")?.header("Allow") == "GET, HEAD")
        }
    }

    @Test("401 comes before 404, 405, 400 and 422 for everything under /v1, and is one answer for all")
    func authentication() async throws {
        try await TestServer.run { server in
            let tokens: [String?] = [
                nil, "nonsense", "8.\(StandInCoordinator.clientSecret)", "7.\(String(repeating: "x", count: 43))",
                "op-root.\(String(repeating: "x", count: 43))", "op-other.\(StandInCoordinator.operatorSecret)",
            ]
            var bodies: Set<String> = []
            for token in tokens {
                for (method, target) in [
                    ("GET", "/v1/nothing"), ("DELETE", "/v1/settings"), ("GET", "/v1/counts?bad=1"),
                    ("GET", "/v1/settings"),
                    ("POST", "/v1/leases/x/results"), ("GET", "/v1/users/%00"), ("POST", "/v1/marks"), ("GET", "/v1"),
                    ("GET", "/v1/clients/abc"), ("POST", "/v1/services/UPPER/pause"), ("DELETE", "/v1/users/b%20b"),
                    ("DELETE", "/v1/leases/x"),
                ] {
                    let answer = try #require(try await server.send(method, target, token: token, body: []))
                    #expect(answer.status == 401, "\(method) \(target) \(token ?? "")")
                    #expect(answer.header("WWW-Authenticate")?.hasPrefix("Bearer") == true)
                    bodies.insert(answer.text)
                }
            }
            #expect(bodies.count == 1)
            let other = try await server.send("GET", "/v1/clients/abc", token: StandInCoordinator.clientToken)
            #expect(other?.status == 404)
        }
    }

    @Test("a body beyond the limit is 413, announced or not, and the connection closes")
    func tooLarge() async throws {
        try await TestServer.run { server in
            let token = StandInCoordinator.operatorToken
            let announced = try #require(
                try await server.send("POST", "/v1/invites", token: token, headers: ["Content-Length: 70000"]))
            #expect(announced.status == 413)
            #expect(announced.closes)
            let answer = try await RawConnection.open(port: server.port) { connection in
                try await connection.send(
                    TestServer.request("POST", "/v1/invites", token: token, headers: ["Transfer-Encoding: chunked"]))
                let chunk = "4000\r\n" + String(repeating: " ", count: 0x4000) + "\r\n"
                for _ in 0..<8 { try? await connection.send(chunk) }
                return try await connection.answer()
            }
            #expect(answer?.status == 413)
        }
    }

    @Test("more rows than a request may carry are 413")
    func tooManyRows() async throws {
        try await TestServer.run { server in
            let rows = Array(repeating: #"{"screenName":"a"}"#, count: 18_001).joined(separator: ",")
            let names = Array(repeating: "\"a\"", count: 18_001).joined(separator: ",")
            let token = StandInCoordinator.operatorToken
            let users = try await server.send(
                "POST", "/v1/users", token: token, body: Array("{\"users\":[\(rows)]}".utf8))
            #expect(users?.status == 413)
            let marks = try await server.send(
                "POST", "/v1/marks", token: token, body: Array("{\"users\":[\(names)]}".utf8))
            #expect(marks?.status == 413)
        }
    }

    @Test("another media type, character set or coding is 415")
    func mediaTypes() async throws {
        try await TestServer.run { server in
            let token = StandInCoordinator.operatorToken
            let body = Array(#"{"users":["a"]}"#.utf8)
            for (header, status) in [
                ("Content-Type: application/json", 200), ("Content-Type: Application/JSON; charset=UTF-8", 200),
                ("Content-Type: text/plain", 415), ("Content-Type: application/json; charset=latin1", 415),
                ("Content-Type: application/x-www-form-urlencoded", 415), ("Content-Encoding: gzip", 415),
                ("Content-Type: application/x-ndjson", 415), ("X-A: none at all", 200),
            ] {
                let answer = try await server.send("POST", "/v1/marks", token: token, headers: [header], body: body)
                #expect(answer?.status == status, "\(header)")
            }
        }
    }

    @Test("T_7_1_6 a registration flood is answered 429 with Retry-After, and the connection closes")
    func T_7_1_6_registrationFlood() async throws {
        try await TestServer.run { server in
            server.settings.set { $0.registrationsPerMinutePerSource = 2 }
            let body = Array(#"{"screenName":"a","secret":"\#(StandInCoordinator.clientSecret)"}"#.utf8)
            try await RawConnection.open(port: server.port) { connection in
                for expected in [201, 201, 429] {
                    try await connection.send(TestServer.request("PUT", "/v1/clients/9", body: body))
                    let answer = try #require(try await connection.answer())
                    #expect(answer.status == expected)
                    guard expected == 429 else { continue }
                    #expect(answer.header("Retry-After") == "30")
                    #expect(answer.closes)
                    CorpusTests.expectProblem(answer, "rate-limited")
                }
                #expect(try await connection.isClosed())
            }
            #expect(server.coordinator.requests.count == 2)
        }
    }

    @Test("a client beyond its rate is answered 429; another is not touched")
    func clientRate() async throws {
        try await TestServer.run { server in
            server.settings.set { $0.requestsPerSecondPerClient = 3 }
            try await RawConnection.open(port: server.port) { connection in
                var last: RawAnswer?
                for _ in 0..<4 {
                    try await connection.send(
                        TestServer.request("GET", "/v1/leases", token: StandInCoordinator.clientToken))
                    last = try await connection.answer()
                    #expect(last?.header("RateLimit-Policy") == "\"client\";q=3;w=1")
                }
                #expect(last?.status == 429)
                #expect(last?.header("RateLimit") == "\"client\";r=0;t=1")
                #expect(last?.header("Retry-After") == "1")
                #expect(last?.closes == false)
            }
            #expect(
                try await server.send("GET", "/v1/settings", token: StandInCoordinator.operatorToken)?.status == 200)
        }
    }

    @Test("100-continue is sent before the body is read; HTTP/1.0 gets its answer and the connection closes")
    func otherVersions() async throws {
        try await TestServer.run { server in
            try await RawConnection.open(port: server.port) { connection in
                try await connection.send("GET /healthz HTTP/1.0\r\n\r\n")
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 200)
                #expect(answer.closes)
                #expect(try await connection.isClosed())
            }
            let body = Array(#"{"users":["a"]}"#.utf8)
            let answer = try await server.send(
                "POST", "/v1/marks", token: StandInCoordinator.operatorToken, headers: ["Expect: 100-continue"],
                body: body)
            #expect(answer?.status == 200)
        }
    }

    @Test("a long poll ends when its peer goes away, and when the node shuts down", arguments: [false, true])
    func endedLongPoll(byShutdown: Bool) async throws {
        try await TestServer.run { server in
            try await RawConnection.open(port: server.port) { connection in
                try await connection.send(
                    TestServer.request(
                        "POST", "/v1/leases", token: StandInCoordinator.clientToken,
                        body: Array(#"{"waitSeconds":30}"#.utf8)))
                for await _ in server.coordinator.longPolls.stream { break }
                if byShutdown { await server.group.triggerGracefulShutdown() } else { connection.finishSending() }
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 503)
                #expect(answer.header("Retry-After") == "1")
                #expect(answer.text.contains(#""outcome":"notApplied""#))
            }
        }
    }

    @Test("on shutdown a request under way is answered, with the connection's end")
    func gracefulShutdown() async throws {
        try await TestServer.run { server in
            try await RawConnection.open(port: server.port) { connection in
                let body = Array(#"{"users":["a"]}"#.utf8)
                let request = TestServer.request(
                    "POST", "/v1/marks", token: StandInCoordinator.operatorToken, headers: ["Expect: 100-continue"],
                    body: body)
                try await connection.send(Array(request.dropLast(5)))
                #expect(try await connection.answer(interim: true)?.status == 100)
                await server.group.triggerGracefulShutdown()
                try await connection.send(Array(request.suffix(5)))
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 200)
            }
        }
    }
}
