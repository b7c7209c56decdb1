import Checks
import Coordinator
import HTTPTypes
import HummingbirdCore
import Logging

/// A call whose form has been checked, as its route sees it.
package struct Call: Sendable {
    package var caller: Caller
    /// The values of the path's parameters, in order.
    package var parameters: [String]
    package var query: QueryValues
    package var headers: HTTPFields
    /// The body, which fits the route's schema.
    package var json: JSONValue?
    /// The rows of a stream, still to be read.
    package var rows: RowStream?
    package var peer: HTTPPeer
    package var trace: TraceContext
    package var logger: Logger

    /// Puts one together.
    package init(
        caller: Caller, parameters: [String], query: QueryValues, headers: HTTPFields, json: JSONValue? = nil,
        rows: RowStream? = nil, peer: HTTPPeer, trace: TraceContext, logger: Logger
    ) {
        self.caller = caller
        self.parameters = parameters
        self.query = query
        self.headers = headers
        self.json = json
        self.rows = rows
        self.peer = peer
        self.trace = trace
        self.logger = logger
    }

    /// A parameter of the path in the type that it must have.
    ///
    /// - Parameter shape: what it looks like, in words.
    /// - Throws: `not-found` when it is malformed: then it names nothing.
    package func parameter<Value>(
        _ position: Int, _ shape: String, as make: (String) -> Value?
    ) throws(MalformedCall) -> Value {
        guard position < parameters.count, let value = make(parameters[position]) else {
            throw MalformedCall(.notFound("There is nothing of that name: \(shape)."))
        }
        return value
    }

    /// The members of the body.
    package func fields() throws(Problem) -> JSONFields {
        guard let json else { throw .invalidRequest("The body must be a JSON object.") }
        do throws(JSONFieldError) {
            return try JSONFields(json)
        } catch {
            throw Problem(error)
        }
    }
}

/// What a route finds wrong with a call's form. It is told only after the caller has been authenticated, so that
/// `401` comes before everything else under `/v1`.
package struct MalformedCall: Error {
    package var problem: Problem

    package init(_ problem: Problem) {
        self.problem = problem
    }
}

/// The other end of the connection.
package struct HTTPPeer: Sendable {
    /// The address, without the port: what registrations are counted by.
    package var address: String
    package var isLoopback: Bool

    package init(address: String) {
        self.address = address
        isLoopback = address.hasPrefix("127.") || address == "::1" || address.hasPrefix("::ffff:127.")
    }
}

/// A body of rows that arrives as it is read.
package struct RowStream: Sendable {
    package enum Format: Sendable { case ndjson, csv }

    package var format: Format
    package var chunks: RequestBody
}
