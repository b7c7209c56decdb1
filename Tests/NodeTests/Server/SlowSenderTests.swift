import NIOCore
import Node
import Testing

/// Deadlines are set short by configuration; each test ends when the server closes, and waits for nothing else.
@Suite("Slow senders lose their connection, with an answer where there is something to answer", .timeLimit(.minutes(1)))
struct SlowSenderTests {
    @Test("a head that does not come to its end is 408")
    func slowHead() async throws {
        try await TestServer.run(limits: .short) { server in
            try await RawConnection.open(port: server.port) { connection in
                try await connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ")
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 408)
                CorpusTests.expectProblem(answer, "request-timeout")
                #expect(try await connection.isClosed())
            }
        }
    }

    @Test("a head that drips is 408 all the same: the deadline is for the whole")
    func drippingHead() async throws {
        try await TestServer.run(limits: .short) { server in
            try await RawConnection.open(port: server.port) { connection in
                // Each byte waits for an answer to another request, so that time passes without a sleep.
                for byte in "GET /healthz HTTP/1.1\r\nHost: x\r\n".utf8 {
                    try? await connection.send([byte])
                    _ = try await server.send("GET", "/healthz")
                }
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 408)
            }
        }
    }

    @Test("a body that does not come to its end is 408")
    func slowBody() async throws {
        try await TestServer.run(limits: .short) { server in
            try await RawConnection.open(port: server.port) { connection in
                try await connection.send(
                    "POST /v1/marks HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(StandInCoordinator.operatorToken)\r\n"
                        + "Content-Length: 100\r\n\r\n{\"users\":")
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 408)
                CorpusTests.expectProblem(answer, "request-timeout")
                #expect(try await connection.isClosed())
            }
            #expect(server.coordinator.requests.isEmpty)
        }
    }

    @Test("a stream that pauses is 408; what was stored stays stored")
    func pausingStream() async throws {
        try await TestServer.run(limits: .short) { server in
            try await RawConnection.open(port: server.port) { connection in
                try await connection.send(
                    "POST /v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(StandInCoordinator.operatorToken)\r\n"
                        + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "17\r\n{\"screenName\":\"alice\"}\n\r\n")
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 408)
                #expect(try await connection.isClosed())
            }
        }
    }

    @Test("a connection without a request, or between two, is closed without an answer")
    func idle() async throws {
        try await TestServer.run(limits: .short) { server in
            try await RawConnection.open(port: server.port) { connection in
                try await connection.send(TestServer.request("GET", "/healthz"))
                #expect(try await connection.answer()?.status == 200)
                #expect(try await connection.isClosed())
            }
        }
    }
}
