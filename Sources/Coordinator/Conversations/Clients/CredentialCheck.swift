import Checks

/// Authenticates a client at its home, counts a fault if there is one to count, and gives the answer that was settled
/// beforehand: what a call that goes no further is answered, so that nothing can be probed without the secret.
struct CredentialCheck: Conversation {
    let request: RequestID
    let client: ClientID
    let secret: SecretHash
    var fault: (kind: ClientFault, lease: LeaseID?)?
    let answer: Result<Response, Refusal>

    var delivery: DeliveryOutcome { .unknown }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            node.ask(.authenticate(client, secret), of: node.home(of: client), step: 0)
            return .goesOn
        case .answer(_, .success(.authenticated)):
            if let fault {
                let counted = Command.fault(client, fault.kind, count: 1, lease: fault.lease)
                if !node.readsStale {
                    node.admit(counted, to: node.home(of: client), step: 1)
                    return .goesOn
                }
                node.propose(counted, to: node.home(of: client))
            }
            node.touch(client)
            node.reply(request, answer)
        case .answer(_, .success): node.refuse(request, .unauthenticated)
        case .outcome(_, .success): node.reply(request, answer)
        case .answer(_, .failure(let loss)), .outcome(_, .failure(let loss)): node.refuse(request, loss)
        default: return .goesOn
        }
        return .finished
    }
}
