import Checks
import Coordinator
import HTTPTypes
import HashRing

/// Who belongs to the cluster and which node holds what. Each of these calls begins something that goes on by itself and is
/// answered `202`; how far it is stands in `/v1/cluster`.
extension Endpoints {
    var nodes: [Route] {
        [
            Route(
                .post, "/v1/nodes/{name}/drain", "Move everything away from a node", access: .token(.operator),
                replies: [Self.begun(.nodeOrder)], problems: [.forbidden, .notFound, .conflict]
            ) { call in
                let name = try call.nodeName()
                try await begin(.drainNode(call.caller, name: name))
                return .json(202) { $0.field("name", name) }
            },
            Route(
                .delete, "/v1/nodes/{name}", "Move everything away from a node, and then take it out of the cluster",
                access: .token(.operator), replies: [Self.begun(.nodeOrder)],
                problems: [.forbidden, .notFound, .conflict]
            ) { call in
                let name = try call.nodeName()
                try await begin(.removeNode(call.caller, name: name))
                return .json(202) { $0.field("name", name) }
            },
            Route(
                .post, "/v1/shards/{id}/move", "Have a node lead a shard, with a replica there first if it must",
                access: .token(.operator),
                body: .json(
                    .object([.required("to", .string(.length(1...Self.longestNodeName)), "a node's name")]),
                    limit: HTTPLimits.smallBody),
                replies: [Self.begun(.shardOrder)], problems: [.invalidFields, .forbidden, .notFound, .conflict]
            ) { call in
                let shard = try call.shard()
                let name = try call.fields().string("to")
                try await begin(.moveShard(call.caller, shard, to: name))
                return .json(202) {
                    $0.field("id", "\(shard)")
                    $0.field("to", name)
                }
            },
            Route(
                .post, "/v1/join-tokens", "Make a token with which new nodes join", access: .token(.operator),
                body: .json(
                    .object([
                        .required("uses", .integer(1...1000), "nodes that may use it"),
                        .required("expiresInSeconds", .integer(1...31_536_000)),
                    ]), limit: HTTPLimits.smallBody),
                replies: [.json(201, "The token, which is not shown again", .joinToken)],
                problems: [.invalidFields, .forbidden, .conflict], perform: createJoinToken),
        ]
    }

    /// Characters of a node's name: by default it is its host's, and DNS allows 255.
    fileprivate static let longestNodeName = 255

    private static func begun(_ order: AnswerShape) -> Route.Reply {
        .json(202, "Accepted; /v1/cluster says how far it is", order)
    }

    private func begin(_ request: Request) async throws {
        let response = try await perform(request)
        guard case .done = response else { throw UnexpectedResponse(response: response) }
    }

    /// The secret is made where the token is registered; the text adds whom a newcomer may believe.
    @Sendable
    private func createJoinToken(_ call: Call) async throws -> Answer {
        let fields = try call.fields()
        let response = try await perform(
            .createJoinToken(
                call.caller, uses: fields.integer("uses"), expiresInSeconds: fields.integer("expiresInSeconds")))
        guard case .joinToken(let secret, let expiresAt) = response,
            let token = JoinToken(authorityFingerprint: environment.authorityFingerprint(), secret: secret)
        else { throw UnexpectedResponse(response: response) }
        return .json(201) {
            $0.field("token", token.text)
            $0.field("expiresAt", time: expiresAt)
        }
    }
}

extension Call {
    /// The name of a node; what is too long for one names none.
    fileprivate func nodeName() throws(MalformedCall) -> String {
        try parameter(0, "a node's name has at most \(Endpoints.longestNodeName) characters") {
            $0.unicodeScalars.count <= Endpoints.longestNodeName ? $0 : nil
        }
    }

    fileprivate func shard() throws(MalformedCall) -> ShardID {
        try parameter(0, "a shard's id is a number") { ShardID($0) }
    }
}
