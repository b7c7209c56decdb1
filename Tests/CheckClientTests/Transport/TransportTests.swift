import CheckClient
import Foundation
import NIOCore
import Testing

@Suite("Calls over the network")
struct TransportTests {
    private static let grant = """
        {"requested":1,"granted":0,"cap":10,"outstanding":0,"leases":[],"retryAfterSeconds":3,"newField":{"a":1}}
        """

    private func client(
        _ nodes: [NodeAddress], authority: String? = nil, patience: Double = 60
    ) throws -> ClusterClient {
        try ClusterClient(
            nodes: nodes, credential: Credential(id: "42", secret: "s3cret"),
            trust: authority.map { .authority(file: $0) } ?? .system, patienceSeconds: patience)
    }

    @Test("a call carries the token, asks for JSON and ignores fields that it does not know")
    func oneCall() async throws {
        try await StubNode.with([.json(200, Self.grant)]) { node in
            try await ClusterClient.with(client([node.address])) { client in
                let grant = try await client.send(.lease(LeaseRequest(count: 1)))
                #expect(grant.retryAfterSeconds == 3)
            }
            let request = try #require(node.requests.first)
            #expect(request.headers["authorization"] == "Bearer 42.s3cret")
            #expect(request.headers["content-type"] == "application/json")
            #expect(request.body == #"{"count":1,"waitSeconds":0}"#)
        }
    }

    @Test(
        "over TLS with the cluster's authority a call succeeds, by address and by name",
        arguments: ["127.0.0.1", "localhost"])
    func trusted(host: String) async throws {
        try await withPEMFile(Certificates.authority) { authority in
            try await StubNode.with([.json(200, "{}")], certificate: Certificates.node, host: host) { node in
                try await ClusterClient.with(client([node.address], authority: authority)) { client in
                    _ = try await client.send(.health)
                }
            }
        }
    }

    @Test("a node of another authority is refused, and nothing is sent to it")
    func wrongAuthority() async throws {
        try await withPEMFile(Certificates.otherAuthority) { authority in
            try await StubNode.with([.json(200, "{}")], certificate: Certificates.node) { node in
                try await ClusterClient.with(client([node.address], authority: authority)) { client in
                    await expectUntrusted { _ = try await client.send(.health) }
                }
                #expect(node.requests.isEmpty)
            }
        }
    }

    @Test("a certificate for another host is refused", arguments: ["127.0.0.1", "localhost"])
    func wrongHost(host: String) async throws {
        try await withPEMFile(Certificates.authority) { authority in
            try await StubNode.with([.json(200, "{}")], certificate: Certificates.stranger, host: host) { node in
                try await ClusterClient.with(client([node.address], authority: authority)) { client in
                    await expectUntrusted { _ = try await client.send(.health) }
                }
                #expect(node.requests.isEmpty)
            }
        }
    }

    private func expectUntrusted(_ body: () async throws -> Void) async {
        do {
            try await body()
            Issue.record("it must not be trusted")
        } catch ClientError.untrusted {
            // As it should be.
        } catch {
            Issue.record("another error: \(error)")
        }
    }

    @Test("a node that is gone is passed over, and the one that answered is asked first from then on")
    func failOver() async throws {
        let gone = try await StubNode.nobody()
        try await StubNode.with([.json(200, "{}")]) { node in
            try await ClusterClient.with(client([gone, node.address])) { client in
                _ = try await client.send(.health)
                _ = try await client.send(.health)
            }
            #expect(node.requests.count == 2)
        }
    }

    @Test("with no node left the error names the last one")
    func nobody() async throws {
        let gone = try await StubNode.nobody()
        try await ClusterClient.with(client([gone], patience: 0)) { client in
            _ = await #expect(throws: ClientError.unreachable("\(gone): connection refused")) {
                _ = try await client.send(.health)
            }
        }
    }

    @Test("429 and 503 with Retry-After are tried again", arguments: [429, 503])
    func retryAfter(status: Int) async throws {
        let refusal = StubAnswer.problem("rate-limited", status, headers: ["Retry-After": "0"])
        try await StubNode.with([refusal, refusal, .json(200, "{}")]) { node in
            try await ClusterClient.with(client([node.address])) { client in
                _ = try await client.send(.health)
            }
            #expect(node.requests.count == 3)
        }
    }

    @Test("a Retry-After beyond the caller's patience is told at once")
    func longRetryAfter() async throws {
        try await StubNode.with([.problem("rate-limited", 429, headers: ["Retry-After": "600"])]) { node in
            try await ClusterClient.with(client([node.address])) { client in
                do {
                    _ = try await client.send(.health)
                    Issue.record("it is refused")
                } catch ClientError.refused(let problem) {
                    #expect(problem.retryAfterSeconds == 600)
                    #expect(problem.slug == "rate-limited")
                }
            }
            #expect(node.requests.count == 1)
        }
    }

    @Test("503 at one node is answered by the next")
    func unavailableThere() async throws {
        try await StubNode.with([.problem("unavailable", 503, headers: ["Retry-After": "60"])]) { first in
            try await StubNode.with([.json(200, "{}")]) { second in
                try await ClusterClient.with(client([first.address, second.address])) { client in
                    _ = try await client.send(.health)
                }
                #expect(second.requests.count == 1)
            }
        }
    }

    @Test("with no node left, the one that said when to come again is heard, not the one that is gone")
    func toldWhen() async throws {
        let gone = try await StubNode.nobody()
        try await StubNode.with([.problem("unavailable", 503, headers: ["Retry-After": "7"])]) { node in
            try await ClusterClient.with(client([node.address, gone], patience: 0)) { client in
                do {
                    _ = try await client.send(.health)
                    Issue.record("it is refused")
                } catch ClientError.refused(let problem) {
                    #expect(problem.retryAfterSeconds == 7)
                }
            }
        }
    }

    @Test("no answer in time is like no connection: the next node is asked")
    func timeouts() throws {
        let node = try NodeAddress("https://127.0.0.1:1")
        for error in [ChannelError.connectTimeout(.seconds(5)), ChannelError.eof] {
            #expect(AttemptError(error, at: node).failure == .unreachable)
        }
    }

    @Test("a lease request whose answer is lost is repeated with the same key and body, at another node too")
    func T_7_3_7_sameKey() async throws {
        try await StubNode.with([.lost]) { first in
            try await StubNode.with([.json(200, Self.grant)]) { second in
                try await ClusterClient.with(client([first.address, second.address])) { client in
                    _ = try await client.send(.lease(LeaseRequest(count: 2)))
                }
                let requests = first.requests + second.requests
                #expect(requests.count == 2)
                #expect(requests.allSatisfy { $0.headers["idempotency-key"]?.isEmpty == false })
                #expect(Set(requests.map { $0.headers["idempotency-key"] }).count == 1)
                #expect(Set(requests.map(\.body)).count == 1)
            }
        }
    }

    @Test("a refusal is not repeated, and says what, why and what to do")
    func refusal() async throws {
        let body = """
            {"type":"urn:dmcheck:problem:identity-taken","title":"Identity taken","status":403,"detail":"known under another secret"}
            """
        try await StubNode.with([.json(403, body)]) { node in
            try await ClusterClient.with(client([node.address])) { client in
                do {
                    _ = try await client.send(.register("42", Registration(screenName: "a", secret: "b")))
                    Issue.record("it is refused")
                } catch let error as ClientError {
                    #expect(error.slug == "identity-taken")
                    #expect(error.description.hasPrefix("Identity taken; known under another secret; use another"))
                }
            }
            #expect(node.requests.count == 1)
        }
    }

    @Test("what is not dmcheck's is told as such")
    func notOurs() async throws {
        try await StubNode.with([.json(404, "<html>")]) { node in
            try await ClusterClient.with(client([node.address])) { client in
                _ = await #expect(throws: ClientError.malformedAnswer("status 404 without a problem document")) {
                    _ = try await client.send(.health)
                }
            }
        }
    }

    @Test("a listing is read page by page to its end")
    func listing() async throws {
        let pages = [
            #"{"items":[{"screenName":"a","state":"done"},{"screenName":"b","state":"done"}],"nextCursor":"x+1"}"#,
            #"{"items":[],"nextCursor":"y"}"#, #"{"items":[{"screenName":"c","state":"done"}],"nextCursor":null}"#,
        ]
        try await StubNode.with(pages.map { .json(200, $0) }) { node in
            try await ClusterClient.with(client([node.address])) { client in
                var names: [String] = []
                for try await user in client.items(of: .users(state: "done")) { names.append(user.screenName) }
                #expect(names == ["a", "b", "c"])
            }
            #expect(
                node.requests.map(\.target) == [
                    "/v1/users?state=done&limit=1000", "/v1/users?state=done&limit=1000&cursor=x%2B1",
                    "/v1/users?state=done&limit=1000&cursor=y",
                ])
        }
    }

    @Test("users are streamed in, and the export is streamed out")
    func streams() async throws {
        let outcome = #"{"added":2,"existing":1,"marked":2,"invalidCount":0,"invalid":[]}"#
        try await StubNode.with([.json(200, "{}"), .json(200, outcome)]) { node in
            try await ClusterClient.with(client([node.address])) { client in
                let pieces = AsyncStream<[UInt8]> { continuation in
                    for line in ["screenName\n", "alice\n", "bob\n"] { continuation.yield(Array(line.utf8)) }
                    continuation.finish()
                }
                let outcome = try await client.importUsers(
                    pieces, format: .csv, mark: Mark(service: "dmcheck", priority: "urgent"))
                #expect(outcome.value.added == 2)
            }
            #expect(node.requests.last?.body == "screenName\nalice\nbob\n")
            #expect(node.requests.last?.headers["content-type"] == "text/csv")
            #expect(node.requests.last?.target == "/v1/users?service=dmcheck&priority=urgent")
        }
        try await StubNode.with([.json(200, "{\"screenName\":\"a\"}\n")]) { node in
            try await ClusterClient.with(client([node.address])) { client in
                var text = ""
                for try await piece in try await client.export(format: .ndjson) {
                    text += String(decoding: piece, as: UTF8.self)
                }
                #expect(text == "{\"screenName\":\"a\"}\n")
            }
        }
    }
}
