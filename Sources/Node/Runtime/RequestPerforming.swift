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
    case elsewhere(NodeName)
}

/// A node's id as text. What is awaited while a call is passed on holds no 128-bit integer: frames of asynchronous functions
/// that do were found broken by this compiler's optimiser (decision 0017).
package typealias NodeName = String

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
    package let node: NodeName
}

/// Performs the requests of calls that another node passed on: they are never passed on again.
struct PassedOnPerformer: RequestPerforming {
    let host: CoordinatorHost

    func perform(_ request: Request) async -> Performed { await host.perform(request, isPassedOn: true) }
}
