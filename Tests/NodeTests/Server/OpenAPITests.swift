import Node
import Testing

@Suite("The OpenAPI document is the interface", .timeLimit(.minutes(1)))
struct OpenAPITests {
    private static func document(of server: TestServer) async throws -> DocumentedAnswers {
        let answer = try #require(try await server.send("GET", "/openapi.json"))
        return DocumentedAnswers(document: try JSONDocument(parsing: answer.body).root)
    }

    @Test("it has every call of the route table and no other, each with a name of its own")
    func calls() async throws {
        try await TestServer.run { server in
            let document = try await Self.document(of: server).document
            #expect(document["openapi"]?.string == "3.1.0")
            var described: Set<String> = []
            var names: [String] = []
            for (path, item) in try #require(document["paths"]).members {
                for (method, call) in item.members {
                    described.insert("\(method.text) \(path.text)")
                    names.append(try #require(call["operationId"]?.string))
                }
            }
            let known = server.routes.filter { $0.path.text != "/openapi.json" }
            #expect(described == Set(known.map { "\($0.method)".lowercased() + " \($0.path.text)" }))
            #expect(Set(names).count == names.count)
        }
    }

    @Test("every reference resolves, and every answer in JSON is described by its fields")
    func references() async throws {
        try await TestServer.run { server in
            let answers = try await Self.document(of: server)
            for reference in answers.references { #expect(answers.resolve(reference) != nil, "\(reference)") }
            for route in server.routes where route.path.text != "/openapi.json" {
                let call = "\(route.method) \(route.path.text)"
                for reply in route.replies where reply.contentType == "application/json" {
                    let schema = answers.schema("\(route.method)", route.path.text, reply.status)
                    #expect(schema?["$ref"] != nil, "\(call) \(reply.status)")
                }
                for problem in route.problems {
                    let schema = answers.schema(
                        "\(route.method)", route.path.text, problem.status, type: Problem.contentType)
                    #expect(schema?["$ref"]?.string == "#/components/schemas/Problem", "\(call) \(problem)")
                }
            }
        }
    }

    private static let client = StandInCoordinator.clientToken
    private static let admin = StandInCoordinator.operatorToken
    private static let lease = "AAEAAAAAAAAAAAAAAAAAAAAA"

    @Test(
        "an answer has the fields that are described, and no others",
        arguments: [
            ("GET", "/v1/clients/{id}", "7", client, ""),
            ("PUT", "/v1/clients/{id}", "7", "", #"{"screenName":"a","secret":"SECRET"}"#),
            ("GET", "/v1/clients", "", admin, ""), ("GET", "/v1/clients/{id}/activity", "7", admin, ""),
            ("POST", "/v1/leases", "", client, "{}"), ("GET", "/v1/leases", "", client, ""),
            (
                "POST", "/v1/leases/{lease}/results", lease, client,
                #"{"results":[{"screenName":"a b","verdict":"dm"}]}"#
            ),
            ("POST", "/v1/users", "", admin, #"{"users":[{"screenName":"a"},7]}"#),
            ("GET", "/v1/users", "", admin, ""), ("GET", "/v1/users/{screenName}", "known", admin, ""),
            ("GET", "/v1/users/{screenName}/events", "known", admin, ""),
            ("POST", "/v1/marks", "", admin, #"{"users":["a"]}"#),
            ("POST", "/v1/rechecks", "", admin, #"{"users":["a"]}"#), ("GET", "/v1/counts", "", admin, ""),
            ("GET", "/v1/services", "", admin, ""), ("GET", "/v1/services/{name}", "dmcheck", admin, ""),
            ("GET", "/v1/settings", "", admin, ""),
            ("POST", "/v1/invites", "", admin, #"{"uses":1,"expiresInSeconds":60}"#),
            ("GET", "/v1/cluster", "", admin, ""), ("GET", "/v1/stats", "", admin, ""),
            ("GET", "/v1/limits", "", admin, ""), ("DELETE", "/v1/nodes/{name}", "n1", admin, ""),
            ("POST", "/v1/nodes/{name}/drain", "n1", admin, ""),
            ("POST", "/v1/shards/{id}/move", "1", admin, #"{"to":"n1"}"#), ("GET", "/healthz", "", "", ""),
            ("GET", "/readyz", "", "", ""),
            ("GET", "/v1/users/{screenName}", "unknown", admin, ""), ("GET", "/v1/counts", "", client, ""),
            ("GET", "/v1/counts", "", "", ""), ("PATCH", "/v1/settings", "", admin, #"{"enrollment":null}"#),
        ])
    func answers(method: String, path: String, name: String, token: String, body: String) async throws {
        try await TestServer.run { server in
            let answers = try await Self.document(of: server)
            let target = path.replacing(/\{[a-zA-Z]+\}/, with: name)
            let body = body.replacing("SECRET", with: StandInCoordinator.clientSecret)
            let answer = try #require(
                try await server.send(
                    method, target, token: token.isEmpty ? nil : token, body: body.isEmpty ? nil : Array(body.utf8)))
            let type = try #require(answer.header("Content-Type"))
            let schema = try #require(answers.schema(method, path, answer.status, type: type), "\(answer.status)")
            #expect(answers.differences(try JSONDocument(parsing: answer.body).root, schema) == [])
        }
    }

    @Test("each line of an export is as described")
    func export() async throws {
        try await TestServer.run { server in
            let answers = try await Self.document(of: server)
            let schema = try #require(answers.schema("GET", "/v1/export", 200, type: "application/x-ndjson"))
            let answer = try #require(try await server.send("GET", "/v1/export", token: Self.admin))
            for line in answer.text.split(separator: "\n") {
                #expect(answers.differences(try JSONDocument(parsing: Array(line.utf8)).root, schema) == [])
            }
        }
    }
}
