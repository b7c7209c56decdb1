import Checks
import Coordinator

/// A client's call on its way through the cluster.
final class Call {
    let id: RequestID
    let request: Request
    /// The node that the client talks to.
    let entry: SimulatedNode
    /// Who hears the answer; `nil`: it is kept.
    let actor: Int?
    /// Until then it is handed in again when it got lost inside of the cluster.
    let deadline: Duration
    init(id: RequestID, request: Request, entry: SimulatedNode, actor: Int?, deadline: Duration) {
        self.id = id
        self.request = request
        self.entry = entry
        self.actor = actor
        self.deadline = deadline
    }

    /// Whether it may be handed in again although it may have been carried out.
    var isRepeatable: Bool {
        if case .lease(_, let order) = request { order.key != nil } else { true }
    }
}

/// A call at one node: where it came in, or where it was passed on to.
struct Leg {
    let call: Call
    let node: SimulatedNode
    let isForwarded: Bool
}

/// All calls that nobody has answered yet, and the answers that nobody has fetched.
struct CallBook {
    var open: [RequestID: Call] = [:]
    /// By the id that the node knows it under.
    var legs: [RequestID: Leg] = [:]
    var answers: [RequestID: Result<Response, Refusal>] = [:]
    /// Calls that were handed in again after they had been lost inside of the cluster.
    var handedInAgain: Set<RequestID> = []
    private var last: UInt64 = 0

    init() {}

    mutating func nextID() -> RequestID {
        last += 1
        return RequestID(rawValue: last)
    }

    /// The legs that satisfy `condition`, in order.
    func legs(where condition: (Leg) -> Bool) -> [(id: RequestID, leg: Leg)] {
        legs.filter { condition($0.value) }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
