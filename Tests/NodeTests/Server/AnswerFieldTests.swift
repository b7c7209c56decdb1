import Testing

@Suite("What every answer says besides its body", .timeLimit(.minutes(1)))
struct AnswerFieldTests {
    @Test("a caller's trace goes on in the answer; where there is none, or a wrong one, a trace begins")
    func trace() async throws {
        try await TestServer.run { server in
            let given = "00-\(String(repeating: "a", count: 32))-\(String(repeating: "b", count: 16))-01"
            let answer = try #require(try await server.send("GET", "/nothing", headers: ["traceparent: \(given)"]))
            #expect(answer.header("traceparent") == given)
            for headers in [[], ["traceparent: 00-0-0-0"]] {
                let answer = try #require(try await server.send("GET", "/v1/counts", headers: headers))
                #expect(answer.status == 401)
                let trace = try #require(answer.header("traceparent"))
                #expect(trace.wholeMatch(of: /00-[0-9a-f]{32}-[0-9a-f]{16}-00/) != nil)
            }
        }
    }

    @Test(
        "a read that may be stale says by how much, whatever is read",
        arguments: [
            "/v1/users", "/v1/users/known", "/v1/users/known/events", "/v1/counts", "/v1/clients", "/v1/clients/7",
            "/v1/clients/7/activity", "/v1/services", "/v1/services/dmcheck", "/v1/settings", "/v1/cluster",
            "/v1/limits", "/v1/stats", "/v1/export", "/v1/cluster?digest=true", "/v1/users?limit=1",
        ])
    func staleness(path: String) async throws {
        try await TestServer.run { server in
            let token = StandInCoordinator.operatorToken
            let mark = path.contains("?") ? "&" : "?"
            let stale = try #require(try await server.send("GET", "\(path)\(mark)consistency=stale", token: token))
            #expect(stale.status == 200)
            #expect(stale.header("X-Dmcheck-Staleness-Seconds") == "\(StandInCoordinator.staleness)")
            for exact in [path, "\(path)\(mark)consistency=linearizable"] {
                let answer = try #require(try await server.send("GET", exact, token: token))
                #expect(answer.status == 200)
                #expect(answer.header("X-Dmcheck-Staleness-Seconds") == nil)
            }
        }
    }

    @Test("a refusal of a stale read says no bound")
    func refusedStaleRead() async throws {
        try await TestServer.run { server in
            let token = StandInCoordinator.operatorToken
            let answer = try #require(
                try await server.send("GET", "/v1/users/nobody?consistency=stale", token: token))
            #expect(answer.status == 404)
            #expect(answer.header("X-Dmcheck-Staleness-Seconds") == nil)
        }
    }
}
