import Checks
import HashRing

/// One command to one shard, and its outcome as the answer.
struct SingleCommand: Conversation {
    let request: RequestID
    let shard: ShardID
    let command: Command
    /// `nil` for an outcome that cannot be.
    let answer: @Sendable (Outcome) -> Response?

    var delivery: DeliveryOutcome { .unknown }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            node.admit(command, to: shard, step: 0)
            return .goesOn
        case .outcome(_, .success(.refused(let refusal))): node.refuse(request, Refusal(refusal))
        case .outcome(_, .success(let outcome)):
            if let response = answer(outcome) {
                node.reply(request, response)
            } else {
                node.refuse(request, .strangeAnswer)
            }
        case .outcome(_, .failure(let loss)): node.refuse(request, loss)
        default: return .goesOn
        }
        return .finished
    }
}

/// One question to one shard, and what it found as the answer.
struct SingleQuery: Conversation {
    let request: RequestID
    let shard: ShardID
    let query: Query
    /// First everything that other shards know of this one's clients is delivered.
    var drains = false
    /// `nil` for a result that cannot be.
    let answer: @Sendable (QueryResult) -> Response?

    var delivery: DeliveryOutcome { .notApplied }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin where drains:
            node.drain(toward: shard)
            return .goesOn
        case .begin, .drained:
            node.ask(query, of: shard, step: 0)
            return .goesOn
        case .answer(_, .success(.refused(let refusal))): node.refuse(request, Refusal(refusal))
        case .answer(_, .success(let result)):
            if let response = answer(result) {
                node.reply(request, response)
            } else {
                node.refuse(request, .strangeAnswer)
            }
        case .answer(_, .failure(let loss)): node.refuse(request, loss)
        default: return .goesOn
        }
        return .finished
    }
}
