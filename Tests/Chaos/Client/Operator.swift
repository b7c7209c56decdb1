import ChaosChecker
import Foundation
import NIOHTTP1

/// The operator's calls as this run itself needs them: any node may answer, and a call is repeated until one does.
struct Operator: Sendable {
    let caller: Caller
    let directory: Directory
    let token: String

    /// One call to that node.
    func send(
        _ method: HTTPMethod, _ path: String, to node: Endpoint, body: (any Encodable)? = nil,
        patience: Double = Limits.callPatience
    ) async -> Reply {
        await caller.send(method, path, to: node, token: token, body: body, patience: patience)
    }

    /// Asks one node after the other until one says yes or no, as long as that may take.
    func ask(
        _ method: HTTPMethod, _ path: String, body: (any Encodable)? = nil,
        within seconds: Double = Limits.readySeconds,
        patience: Double = Limits.callPatience
    ) async -> Reply? {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var last: Reply?
        repeat {
            for node in directory.all {
                let reply = await send(method, path, to: node, body: body, patience: patience)
                if reply.outcome == .done || reply.outcome == .refused { return reply }
                last = reply
            }
            // All of them are down, cut off or without a leader, and none of these tells when it is over: there is only asking
            // again, not so often that it would be load.
            try? await Task.sleep(for: .milliseconds(200))
        } while ContinuousClock.now < deadline
        return last
    }

    func view() async -> ClusterView? {
        for node in directory.all {
            if let view = await send(.GET, "/v1/cluster", to: node, patience: 3).decoded(ClusterView.self) {
                return view
            }
        }
        return nil
    }

    func counts() async -> Body.Counts? {
        await ask(.GET, "/v1/counts", within: 5)?.decoded(Body.Counts.self)
    }
}
