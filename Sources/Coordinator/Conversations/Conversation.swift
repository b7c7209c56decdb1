import Checks

/// Names a conversation under way on this node; never reused.
struct ConversationID: Hashable, Comparable, Sendable {
    let rawValue: UInt64
    static func < (left: ConversationID, right: ConversationID) -> Bool { left.rawValue < right.rawValue }
}

/// Where an answer goes: a conversation, and which of its questions it was.
struct Ticket: Hashable, Sendable {
    let conversation: ConversationID
    let step: Int
}

/// One exchange with shards and registry from its beginning to its end: a state advanced by events.
///
/// It survives nothing. After a change of leader it is taken up again from what its shard has committed (``Recovery``).
protocol Conversation: Sendable {
    /// What is known of its mutation as long as nobody was answered.
    var delivery: DeliveryOutcome { get }
    /// Takes one event; the first is always ``Event/begin``.
    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress
}

/// Whether a conversation waits for more.
enum Progress: Sendable { case goesOn, finished }

/// What happens to a conversation.
enum Event: Sendable {
    case begin
    /// A command was applied, or it is lost.
    case outcome(Int, Result<Outcome, Loss>)
    case answer(Int, Result<QueryResult, Loss>)
    case registry(Int, Result<RegistryOutcome, Loss>)
    /// Everything that other shards had emitted for a home is delivered.
    case drained
    /// There may be work for a lease request that waits.
    case ready
    /// The client is being unregistered: nothing may be given to it any more.
    case ending
    /// The time it asked for has come.
    case due
    /// Nobody waits for the answer.
    case abandoned
}

/// A command or query that was not carried out, or not as far as anyone knows.
struct Loss: Error, Hashable, Sendable {
    enum Reason: Hashable, Sendable { case noLeader, overloaded, tooLarge, fault }
    let reason: Reason
    let outcome: DeliveryOutcome

    static let noLeader = Loss(reason: .noLeader, outcome: .notApplied)
    static let overloaded = Loss(reason: .overloaded, outcome: .notApplied)
    static let deposed = Loss(reason: .noLeader, outcome: .unknown)
    static let tooLarge = Loss(reason: .tooLarge, outcome: .notApplied)
    static let fault = Loss(reason: .fault, outcome: .unknown)

    /// What a caller is told.
    var refusal: Refusal {
        switch reason {
        case .noLeader, .overloaded: .unavailable(outcome, retryAfterSeconds: Limits.busyRetrySeconds)
        case .tooLarge: .invalidFields(field: "body", detail: "too much for one command")
        case .fault: .internalError("the shard's store failed")
        }
    }
}
