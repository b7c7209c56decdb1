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

    @Test("a read that may be stale says by how much")
    func staleness() async throws {
        try await TestServer.run { server in
            let token = StandInCoordinator.operatorToken
            let stale = try #require(try await server.send("GET", "/v1/counts?consistency=stale", token: token))
            #expect(stale.header("X-Dmcheck-Staleness-Seconds") == "0")
            let exact = try #require(try await server.send("GET", "/v1/counts", token: token))
            #expect(exact.header("X-Dmcheck-Staleness-Seconds") == nil)
        }
    }
}
