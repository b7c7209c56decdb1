import Checks

/// Requests that nobody has answered yet.
struct RequestsUnderWay: Sendable {
    private var conversations: [RequestID: ConversationID] = [:]

    var count: Int { conversations.count }
    var isEmpty: Bool { conversations.isEmpty }

    mutating func add(_ request: RequestID, _ conversation: ConversationID) { conversations[request] = conversation }

    /// Whose turn it was to answer; `nil` when it is answered already.
    mutating func remove(_ request: RequestID) -> ConversationID? { conversations.removeValue(forKey: request) }

    func conversation(of request: RequestID) -> ConversationID? { conversations[request] }
    var all: [ConversationID] { conversations.values.sorted() }
}

extension NodeState {
    /// Answers a request, once: a second answer, or one after its time, goes nowhere.
    mutating func reply(_ request: RequestID, _ answer: Result<Response, Refusal>) {
        guard let conversation = requests.remove(request) else { return }
        let age = staleReads.finish(conversation)
        effects.append(.reply(request, answer.map { response in response.asOld(as: age) }))
        if isDraining, requests.isEmpty { effects.append(.drained) }
    }

    mutating func reply(_ request: RequestID, _ response: Response) { reply(request, .success(response)) }
    mutating func refuse(_ request: RequestID, _ refusal: Refusal) { reply(request, .failure(refusal)) }
    mutating func refuse(_ request: RequestID, _ loss: Loss) { reply(request, .failure(loss.refusal)) }
}
