import Coordinator

/// Somebody outside of the cluster: acts when its time comes, hears answers, and hears when a call was swallowed.
package protocol SimulatedActor: AnyObject {
    func act(as number: Int, in cluster: SimulatedCluster) throws
    func answered(_ id: RequestID, _ answer: Result<Response, Refusal>, as number: Int, in cluster: SimulatedCluster)
    /// Nobody answers any more: what was asked for may have been done, or not, or be done later.
    func lost(_ id: RequestID, as number: Int, in cluster: SimulatedCluster)
}
