import Coordinator
import HTTPTypes

/// One call of the interface: what it takes, who may make it, and what it does. The router and the OpenAPI document are
/// both made from these, so that they cannot drift apart.
package struct Route: Sendable {
    /// Whose token is needed.
    package enum Access: Sendable {
        case anyone
        /// Anyone, at a limited rate for each source.
        case registration
        /// The operator's token, unless the peer is on the loopback interface.
        case operatorUnlessLoopback
        case token(Role)
    }

    package enum Body: Sendable {
        /// None; an empty object is taken for none.
        case none
        /// - Parameter wrongType: what a field of the wrong type is answered.
        case json(JSONSchema, limit: Int, wrongType: Problem.Slug = .invalidRequest)
        /// JSON, or a stream of rows that the route reads itself.
        case jsonOrRows(JSONSchema, limit: Int)
    }

    /// What an answer looks like, for the OpenAPI document.
    package struct Reply: Sendable {
        package var status: Int
        var meaning: String
        package var contentType: String?
        /// Of the whole, or of each line where lines are streamed.
        var shape: AnswerShape?

        package static func json(_ status: Int = 200, _ meaning: String, _ shape: AnswerShape? = nil) -> Reply {
            Reply(status: status, meaning: meaning, contentType: "application/json", shape: shape)
        }

        package static func empty(_ meaning: String) -> Reply { Reply(status: 204, meaning: meaning) }

        package static func text(
            _ contentType: String, _ meaning: String, lines shape: AnswerShape? = nil
        ) -> Reply {
            Reply(status: 200, meaning: meaning, contentType: contentType, shape: shape)
        }
    }

    package var method: HTTPRequest.Method
    package var path: RoutePath
    package var summary: String
    package var access: Access
    package var query: [QueryParameter] = []
    package var body: Body = .none
    /// Header fields that the call reads, beyond those of every call.
    package var headers: [String] = []
    package var replies: [Reply]
    /// What may be answered besides what holds for every call of its kind.
    package var problems: [Problem.Slug] = []
    /// Asked of the coordinator before a call that is wrong in form is told so: `401` comes first.
    package var whenMalformed: (@Sendable (Caller) -> Request)?
    package var perform: @Sendable (Call) async throws -> Answer

    /// Whether its caller may take what any replica says.
    var mayReadStale: Bool { method == .get && path.text.hasPrefix("/v1/") }

    /// The media type of an answer that is streamed.
    var streams: String? {
        replies.compactMap(\.contentType).first { $0 == "application/x-ndjson" }
    }

    package init(
        _ method: HTTPRequest.Method, _ path: RoutePath, _ summary: String, access: Access,
        query: [QueryParameter] = [], body: Body = .none, headers: [String] = [], replies: [Reply],
        problems: [Problem.Slug] = [], whenMalformed: (@Sendable (Caller) -> Request)? = nil,
        perform: @escaping @Sendable (Call) async throws -> Answer
    ) {
        self.method = method
        self.path = path
        self.summary = summary
        self.access = access
        self.query = query
        self.body = body
        self.headers = headers
        self.replies = replies
        self.problems = problems
        self.whenMalformed = whenMalformed
        self.perform = perform
        if mayReadStale { self.query.append(.consistency) }
    }
}
