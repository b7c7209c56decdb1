import HummingbirdCore
import NIOCore

/// What a call is answered.
package struct Answer: Sendable {
    package enum Body: Sendable {
        case none
        case bytes(contentType: String, [UInt8])
        /// Written piece by piece. An error thrown cuts the connection, so that a part is never taken for the whole.
        case stream(contentType: String, @Sendable (inout any ResponseBodyWriter) async throws -> Void)
    }

    package var status: Int
    package var headers: [(name: String, value: String)] = []
    package var body: Body

    package static let noContent = Answer(status: 204, body: .none)

    package static func json(_ status: Int = 200, _ body: (inout JSONWriter) -> Void) -> Answer {
        var writer = JSONWriter()
        writer.object(body)
        return Answer(status: status, body: .bytes(contentType: "application/json", writer.bytes))
    }

    package static func text(_ status: Int = 200, _ contentType: String, _ bytes: [UInt8]) -> Answer {
        Answer(status: status, body: .bytes(contentType: contentType, bytes))
    }

    package static func stream(
        _ contentType: String, _ body: @escaping @Sendable (inout any ResponseBodyWriter) async throws -> Void
    ) -> Answer {
        Answer(status: 200, body: .stream(contentType: contentType, body))
    }

    package init(status: Int, body: Body) {
        self.status = status
        self.body = body
    }

    package init(_ problem: Problem) {
        status = problem.status
        body = .bytes(contentType: Problem.contentType, problem.json)
        headers = problem.headerFields.filter { $0.name != "Content-Type" }
    }

    package func with(_ name: String, _ value: String) -> Answer {
        var answer = self
        answer.headers.append((name, value))
        return answer
    }
}
