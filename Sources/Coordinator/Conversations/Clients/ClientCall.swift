import Checks

/// A client asks for its own record: authenticated, and after everything that other shards know of it is delivered.
struct ClientCall: Conversation {
    let request: RequestID
    let client: ClientID
    let secret: SecretHash

    var delivery: DeliveryOutcome { .notApplied }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        let home = node.home(of: client)
        switch event {
        case .begin: node.ask(.authenticate(client, secret), of: home, step: 0)
        case .answer(_, .success(.authenticated)):
            node.touch(client)
            node.drain(toward: home)
        case .drained: node.ask(.client(client), of: home, step: 1)
        case .answer(_, .success(.client(let record))):
            node.reply(request, .client(record))
            return .finished
        case .answer(_, .success(.refused(let refusal))):
            node.refuse(request, Refusal(refusal))
            return .finished
        case .answer(_, .success):
            node.refuse(request, .strangeAnswer)
            return .finished
        case .answer(_, .failure(let loss)):
            node.refuse(request, loss)
            return .finished
        default: break
        }
        return .goesOn
    }
}
