import Coordinator

/// Somebody outside of the node: acts when its time comes, hears answers, and hears when a crash has swallowed a request.
package protocol SimulatedActor: AnyObject {
    func act(as number: Int, in node: SimulatedNode)
    func answered(_ id: RequestID, _ answer: Result<Response, Refusal>, as number: Int, in node: SimulatedNode)
    func lost(_ id: RequestID, as number: Int, in node: SimulatedNode)
}
