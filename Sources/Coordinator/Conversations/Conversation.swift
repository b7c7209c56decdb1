import Checks
import HashRing

/// Names a conversation under way on this node; never reused.
struct ConversationID: Hashable, Comparable, Sendable {
    let rawValue: UInt64
    static func < (left: ConversationID, right: ConversationID) -> Bool { left.rawValue < right.rawValue }
}

/// Where an answer goes: a conversation, and which of its questions it was.
struct Ticket: Hashable, Sendable {
    let conversation: ConversationID
    let step: Int
    /// Another node asks: where it asked in vain it is told who leads, and nothing is passed on a second time.
    var isPassedOn = false
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
    /// What another node holds and leads.
    case report(Int, NodeReport, from: NodeID)
    /// The node that was asked for its report does not answer.
    case silent(Int)
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
