import Coordinator

/// Whoever answers requests: the node's runtime, or what a test puts in its place.
package protocol RequestPerforming: Sendable {
    /// Answers once the request's outcome is known; a mutation's answer means that it is durable and applied.
    ///
    /// When the calling task is cancelled (its connection closed), a long poll ends at once and a mutation goes on.
    func perform(_ request: Request) async -> Result<Response, Refusal>
}
