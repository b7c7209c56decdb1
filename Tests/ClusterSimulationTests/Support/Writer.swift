import Checks
import ClusterSimulation
import Coordinator
import HashRing

/// Adds users through one node, a call as soon as the one before is answered, and keeps what it was told and when.
final class Writer: SimulatedActor {
    static let usersPerCall = 8
    let entry: SimulatedNode
    private(set) var refusals: [Refusal] = []
    private(set) var lost = 0
    private(set) var acknowledged: [Duration] = []
    private var calls = 0

    init(entry: SimulatedNode) { self.entry = entry }

    /// The longest time between two acknowledgements since then.
    func longestGap(since begin: Duration) -> Duration {
        let moments = [begin] + acknowledged.filter { $0 > begin }
        return zip(moments, moments.dropFirst()).map { $1 - $0 }.max() ?? .zero
    }

    func act(as number: Int, in cluster: SimulatedCluster) {
        calls += 1
        let users = (0..<Self.usersPerCall).compactMap { ScreenName("w\(entry.number)_\(calls)_\($0)") }
        let request = Request.addUsers(ThreeNodes.caller, users.map { UserReference(screenName: $0) }, mark: nil)
        if cluster.submit(request, at: entry, by: number) == nil { cluster.wake(number, after: .milliseconds(10)) }
    }

    func answered(
        _ id: RequestID, _ answer: Result<Response, Refusal>, as number: Int, in cluster: SimulatedCluster
    ) {
        switch answer {
        case .success: acknowledged.append(cluster.time)
        case .failure(let refusal): refusals.append(refusal)
        }
        cluster.wake(number, after: .milliseconds(1))
    }

    func lost(_ id: RequestID, as number: Int, in cluster: SimulatedCluster) {
        lost += 1
        cluster.wake(number, after: .milliseconds(1))
    }
}
