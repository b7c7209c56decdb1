import Checks

/// Registers a client. While enrollment is by invite, a client that its home does not know yet needs one: the invite is
/// used only then, and counted once a client, so that a repeated call costs nothing.
struct RegistrationCall: Conversation {
    let request: RequestID
    let client: ClientID
    var registration: Registration
    let invite: [UInt8]?

    var delivery: DeliveryOutcome { .unknown }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            registration.invited = node.registry.settings.enrollment == .open
            node.admit(.register(client, registration), to: node.home(of: client), step: 0)
            return .goesOn
        case .outcome(_, .success(.registered(let record, let created))):
            node.reply(request, .registered(record, created: created))
        case .outcome(_, .success(.refused(.inviteRequired))):
            guard let invite, !registration.invited else {
                node.refuse(request, .inviteRequired)
                return .finished
            }
            node.propose(.useInvite(digest: invite, client), step: 1)
            return .goesOn
        case .registry(_, .success(.done)):
            registration.invited = true
            node.propose(.register(client, registration), to: node.home(of: client), step: 2)
            return .goesOn
        case .outcome(_, .success(.refused(.notFinished))):
            // The client is just being unregistered; that comes to an end by itself.
            node.wake(at: node.now.monotonic + Limits.registrationRetry)
            return .goesOn
        case .due:
            guard node.requests.conversation(of: request) != nil, node.leads(node.home(of: client)) else { break }
            node.propose(.register(client, registration), to: node.home(of: client), step: 2)
            return .goesOn
        case .registry(_, .success(.refused(let refusal))): node.refuse(request, refusal.refusal)
        case .outcome(_, .success(.refused(let refusal))): node.refuse(request, Refusal(refusal))
        case .outcome(_, .success), .registry(_, .success): node.refuse(request, .strangeAnswer)
        case .outcome(_, .failure(let loss)), .registry(_, .failure(let loss)): node.refuse(request, loss)
        default: return .goesOn
        }
        // Whoever was answered above is not answered again.
        node.refuse(request, .unavailable(.unknown, retryAfterSeconds: Limits.busyRetrySeconds))
        return .finished
    }
}
