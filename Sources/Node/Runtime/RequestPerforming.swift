import Coordinator
import HashRing

/// Whoever answers requests: the node's runtime, or what a test puts in its place.
package protocol RequestPerforming: Sendable {
    /// Answers once the request's outcome is known; a mutation's answer means that it is durable and applied.
    ///
    /// When the calling task is cancelled (its connection closed), a long poll ends at once and a mutation goes on.
    func perform(_ request: Request) async -> Performed
}

/// What became of a request.
package enum Performed: Sendable {
    case answered(Result<Response, Refusal>)
    /// That node leads what the request is about: the whole call is to be passed on to it.
    case elsewhere(NodeID)
}

extension Performed {
    /// The response.
    ///
    /// - Throws: the refusal, or ``Redirected``.
    package func get() throws -> Response {
        switch self {
        case .answered(let answer): try answer.get()
        case .elsewhere(let node): throw Redirected(node: node)
        }
    }
}

/// The call belongs to another node.
package struct Redirected: Error, Hashable {
    package let node: NodeID
}

/// Whether the present task carries out a call that another node passed on: it is never passed on again.
package enum Forwarding {
    @TaskLocal package static var isForwarded = false
}
