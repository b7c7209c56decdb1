/// Where one call is tried next, and when: pure, so that it can be tested without a network.
///
/// Every node is tried once, then there is a pause, then every node again, until the caller's patience is over. What the
/// nodes say about when to come back (`Retry-After`) is honoured; where they say nothing the pause doubles.
package struct FailOver: Sendable {
    /// How an attempt failed.
    package enum Failure: Hashable, Sendable {
        /// No connection, or no answer in time.
        case unreachable
        /// The certificate was refused; no later attempt at this node will end otherwise.
        case untrusted
        /// This node cannot serve it now (503, 504); another may.
        case unavailable(retryAfter: Double?)
        /// The caller asks too much (429); another node would say the same.
        case limited(retryAfter: Double?)
    }

    /// What to do after a failure.
    package enum Step: Hashable, Sendable {
        /// Try this node at once.
        case send(node: Int)
        /// Wait, then try this node.
        case wait(seconds: Double, node: Int)
        /// Tell the caller.
        case giveUp
    }

    /// The node that is tried now.
    package private(set) var node: Int
    private let nodes: Int
    private let deadline: Double
    private var triedInRound = 1
    private var untrustedInRound = 0
    private var round = 0
    private var asked: Double?

    /// Begins with `first`, at `now`; times are seconds of any clock that only goes forward.
    package init(nodes: Int, first: Int, now: Double, patience: Double) {
        precondition(nodes > 0, "a client has a node to talk to")
        self.nodes = nodes
        node = first % nodes
        deadline = now + patience
    }

    /// What follows a failure.
    package mutating func after(_ failure: Failure, now: Double) -> Step {
        switch failure {
        case .limited(let retryAfter):
            return pause(retryAfter ?? backoff, now: now)
        case .unavailable(let retryAfter):
            if let retryAfter { asked = max(asked ?? 0, retryAfter) }
        case .untrusted: untrustedInRound += 1
        case .unreachable: break
        }
        node = (node + 1) % nodes
        if triedInRound < nodes {
            triedInRound += 1
            return .send(node: node)
        }
        guard untrustedInRound < nodes else { return .giveUp }
        return pause(asked ?? backoff, now: now)
    }

    private var backoff: Double {
        min(Limits.longestPauseSeconds, Limits.firstPauseSeconds * Double(1 << min(round, 10)))
    }

    private mutating func pause(_ seconds: Double, now: Double) -> Step {
        let seconds = max(0, seconds)
        guard now + seconds <= deadline else { return .giveUp }
        round += 1
        triedInRound = 1
        untrustedInRound = 0
        asked = nil
        return .wait(seconds: seconds, node: node)
    }
}
