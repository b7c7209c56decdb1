import Coordinator
import Node
import Synchronization
import Testing

@Suite("The calls of the interface", .timeLimit(.minutes(1)))
struct CallTests {
    @Test("a listing is cut into pages with an opaque cursor")
    func paging() async throws {
        try await TestServer.run { server in
            let token = StandInCoordinator.operatorToken
            var names: [String] = []
            var cursor: String? = ""
            while let position = cursor {
                let query = position.isEmpty ? "" : "&cursor=\(position)"
                let answer = try #require(try await server.send("GET", "/v1/services?limit=2\(query)", token: token))
                let root = try JSONDocument(parsing: answer.body).root
                names += try #require(root["items"]).elements.compactMap { $0["name"]?.string }
                cursor = root["nextCursor"]?.string
            }
            #expect(names == ["dmcheck", "other", "third"])
            _ = try await server.send("GET", "/v1/clients?cursor=AQID&limit=7", token: token)
            guard case .clients(_, let page) = server.coordinator.requests.last else {
                Issue.record("no listing was asked for")
                return
            }
            #expect(page.cursor == [1, 2, 3])
            #expect(page.limit == 7)
        }
    }

    @Test("rows of a report are judged one by one; a body without a well-formed row is refused whole")
    func report() async throws {
        try await TestServer.run { server in
            let target = "/v1/leases/AAEAAAAAAAAAAAAAAAAAAAAA/results"
            let body = """
                {"results":[{"screenName":"a","verdict":"dm"},{"screenName":"b b","verdict":"dm"},7,
                {"screenName":"c","verdict":"maybe"},{"screenName":"D","verdict":"unknown","accountID":"12","note":"x"},
                {"screenName":"e","verdict":"dm","extra":1}]}
                """
            let answer = try #require(
                try await server.send("POST", target, token: StandInCoordinator.clientToken, body: Array(body.utf8)))
            #expect(answer.status == 200)
            let root = try JSONDocument(parsing: answer.body).root
            #expect(root["accepted"]?.number?.integer == 2)
            let rejected = try #require(root["rejected"]).elements.map {
                "\($0["index"]?.number?.text ?? "") \($0["screenName"]?.string ?? "") \($0["reason"]?.string ?? "")"
            }
            #expect(
                rejected == ["1 b b invalidScreenName", "2  malformedRow", "3 c invalidVerdict", "5 e malformedRow"])

            let refused = try #require(
                try await server.send(
                    "POST", target, token: StandInCoordinator.clientToken, body: Array(#"{"results":[1,{}]}"#.utf8)))
            #expect(refused.status == 422)
            guard case .malformedReport = server.coordinator.requests.last else {
                Issue.record("the fault was not counted")
                return
            }
            let released = try await server.send(
                "POST", target, token: StandInCoordinator.clientToken,
                body: Array(#"{"results":[],"release":true}"#.utf8))
            #expect(released?.status == 200)
        }
    }

    @Test("users are added as JSON and as streams of any length; bad rows are named by their line")
    func users() async throws {
        try await TestServer.run { server in
            let token = StandInCoordinator.operatorToken
            let json = #"{"users":[{"screenName":"a"},{"screenName":"!"},{"screenName":"Renamed","accountID":"1"},5]}"#
            let answer = try #require(try await server.send("POST", "/v1/users", token: token, body: Array(json.utf8)))
            #expect(
                answer.text == """
                    {"added":1,"existing":0,"marked":0,"invalidCount":3,"invalid":[\
                    {"line":2,"value":"!","reason":"invalidScreenName"},{"line":3,"value":"renamed","reason":"accountMismatch"},\
                    {"line":4,"value":"5","reason":"malformedRow"}]}
                    """)
            let csv =
                "screenName\r\n" + (0..<30_000).map { "user\($0)\r\n" }.joined()
                + "\(String(repeating: "x", count: 16))\r\n"
            let stream = try #require(
                try await server.send(
                    "POST", "/v1/users?priority=urgent", token: token, headers: ["Content-Type: text/csv"],
                    body: Array(csv.utf8)))
            let root = try JSONDocument(parsing: stream.body).root
            #expect(root["added"]?.number?.integer == 30_000)
            #expect(root["marked"]?.number?.integer == 30_000)
            #expect(root["invalidCount"]?.number?.integer == 1)
            #expect(root["invalid"]?.elements.first(where: { _ in true })?["line"]?.number?.integer == 30_002)
            let headless = try await server.send(
                "POST", "/v1/users", token: token, headers: ["Content-Type: text/csv"], body: Array("name\na\n".utf8))
            #expect(headless?.status == 422)
            let foreign = try await server.send(
                "POST", "/v1/users", token: StandInCoordinator.clientToken, headers: ["Content-Type: text/csv"],
                body: Array(csv.utf8))
            #expect(foreign?.status == 403)
        }
    }

    @Test("an export is streamed page by page, as NDJSON and as CSV")
    func export() async throws {
        try await TestServer.run { server in
            let token = StandInCoordinator.operatorToken
            let lines = try #require(try await server.send("GET", "/v1/export", token: token))
            #expect(lines.header("Content-Type") == "application/x-ndjson")
            #expect(lines.text.split(separator: "\n").count == 6)
            for line in lines.text.split(separator: "\n") {
                #expect(try JSONDocument(parsing: Array(line.utf8)).root["verdict"]?.kind == .null)
            }
            let csv = try #require(try await server.send("GET", "/v1/export?format=csv", token: token))
            #expect(csv.text.split(separator: "\r\n").last == "user5,,pending,,false,,")
        }
    }

    @Test("an empty grant says when to ask again; an idempotency key goes with the digest of the body")
    func leases() async throws {
        try await TestServer.run { server in
            let token = StandInCoordinator.clientToken
            for (body, key, status) in [
                (#"{"count":2}"#, "k-1", 200), (#" { "count" : 2.0 } "#, "k-1", 200), ("{}", "", 400),
                ("{}", "a b", 400),
                ("{}", String(repeating: "k", count: 65), 400),
            ] {
                let answer = try #require(
                    try await server.send(
                        "POST", "/v1/leases", token: token, headers: ["Idempotency-Key: \(key)"], body: Array(body.utf8)
                    ))
                #expect(answer.status == status)
                if status == 200 { #expect(answer.header("Retry-After") == "5") }
            }
            let keys = server.coordinator.requests.compactMap { request in
                if case .lease(_, let order) = request { order.key } else { nil }
            }
            #expect(keys.count == 2)
            #expect(keys.first == keys.last)
        }
    }

    @Test(
        "T_7_1_4 and T_7_1_5: registering without or with a wrong detail names the field, and nothing is asked for",
        arguments: [
            ("9", "{}", 422, "screenName"), ("9", #"{"screenName":"a"}"#, 422, "secret"),
            ("9", #"{"screenName":"a","secret":"short"}"#, 422, "secret"),
            ("9", #"{"screenName":5}"#, 400, "screenName"),
            ("9", #"{"screenName":"a b","secret":"SECRET"}"#, 422, "screenName"),
            ("9", #"{"screenName":"a","secret":"SECRET","capability":{"maxBuckets":0}}"#, 422, "capability.maxBuckets"),
            (
                "9", #"{"screenName":"a","secret":"SECRET","capability":{"services":["X"]}}"#, 422,
                "capability.services[0]"
            ),
            ("9", #"{"screenName":"a","secret":"SECRET","capability":null}"#, 400, "capability"),
            ("09", #"{"screenName":"a","secret":"SECRET"}"#, 422, "id"),
            ("x", #"{"screenName":"a","secret":"SECRET"}"#, 422, "id"),
        ])
    func T_7_1_4_wrongDetail(id: String, body: String, status: Int, field: String) async throws {
        try await TestServer.run { server in
            let body = body.replacing("SECRET", with: StandInCoordinator.clientSecret)
            let answer = try #require(try await server.send("PUT", "/v1/clients/\(id)", body: Array(body.utf8)))
            #expect(answer.status == status)
            #expect(try JSONDocument(parsing: answer.body).root["field"]?.string == field)
            #expect(server.coordinator.requests.isEmpty)
        }
    }

    @Test("metrics and dashboard are open to the loopback interface")
    func loopback() async throws {
        try await TestServer.run { server in
            _ = try await server.send("GET", "/healthz")
            let metrics = try #require(try await server.send("GET", "/metrics"))
            #expect(metrics.status == 200)
            #expect(metrics.text.contains(#"dmcheck_http_answers_total{method="GET",route="/healthz",status="2xx"} 1"#))
            let open = try #require(try await server.send("GET", "/"))
            #expect(open.status == 200)
            let page = try #require(try await server.send("GET", "/", token: StandInCoordinator.operatorToken))
            #expect(page.text.contains("<h2>Verdicts</h2>"))
            #expect(!page.text.contains("http://"))
        }
    }

    @Test("without leaders the dashboard shows nodes and shards, and says what it cannot show")
    func leaderless() async throws {
        try await TestServer.run { server in
            server.coordinator.isLeaderless.withLock { $0 = true }
            let page = try #require(try await server.send("GET", "/", token: StandInCoordinator.operatorToken))
            #expect(page.status == 200)
            #expect(page.text.contains("<h2>Nodes</h2>") && page.text.contains("<h2>Shards</h2>"))
            #expect(page.text.contains("Not every shard has a leader"))
            #expect(!page.text.contains("<h2>Verdicts</h2>"))
        }
    }

    @Test(
        "a path that can name nothing says what a name looks like",
        arguments: [
            ("/v1/clients/abc", "1 to 19 digits"), ("/v1/users/a%20b", "1 to 15 of A-Z a-z 0-9 _"),
            ("/v1/services/A", "a letter first"),
        ])
    func malformedNames(path: String, shape: String) async throws {
        try await TestServer.run { server in
            let answer = try #require(try await server.send("GET", path, token: StandInCoordinator.operatorToken))
            #expect(answer.status == 404)
            #expect(answer.text.contains(shape), "\(answer.text)")
        }
    }
}
