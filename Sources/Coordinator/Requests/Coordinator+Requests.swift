import Checks
import HashRing

// Who may call what, and which conversation answers it.

extension Coordinator {
    mutating func begin(_ id: RequestID, _ request: Request) {
        if case .readiness = request { return node.effects.append(.reply(id, .success(.readiness(node.obstacles)))) }
        guard !node.isDraining, node.requests.count < Limits.requestsUnderWay else {
            return refuseAtOnce(id, .unavailable(.notApplied, retryAfterSeconds: Limits.busyRetrySeconds))
        }
        switch request {
        case .register(let client, let registration, let invite):
            let digest = invite.map { node.identity.inviteDigest($0) }
            start(id, RegistrationCall(request: id, client: client, registration: registration, invite: digest))
        case .authenticate(let caller, let role): authenticate(id, caller, as: role)
        case .readiness: break
        default:
            if !beginClientCall(id, request) { beginOperatorCall(id, request) }
        }
    }

    mutating func refuseAtOnce(_ id: RequestID, _ refusal: Refusal) {
        node.effects.append(.reply(id, .failure(refusal)))
    }

    mutating func start(_ id: RequestID, _ conversation: any Conversation, patience: Duration = .zero) {
        node.requests.add(id, node.start(conversation))
        node.timers.add(.request(id), due: node.now.monotonic + Limits.requestTimeout + patience)
    }

    private mutating func authenticate(_ id: RequestID, _ caller: Caller, as role: Role) {
        switch (caller, role) {
        case (.nobody, _): refuseAtOnce(id, .unauthenticated)
        case (.client(let client, let secret), .operator):
            start(id, CredentialCheck(request: id, client: client, secret: secret, answer: .failure(.operatorsOnly)))
        case (.client(let client, let secret), _):
            start(id, CredentialCheck(request: id, client: client, secret: secret, answer: .success(.done)))
        case (.operator(let name, let secret), _):
            guard node.registry.admits(operator: name, secret) else { return refuseAtOnce(id, .unauthenticated) }
            if role == .client { return refuseAtOnce(id, .clientsOnly) }
            node.effects.append(.reply(id, .success(.done)))
        }
    }

    /// The client that calls; `nil` when it was refused already.
    mutating func client(_ id: RequestID, _ caller: Caller) -> (ClientID, SecretHash)? {
        switch caller {
        case .nobody: refuseAtOnce(id, .unauthenticated)
        case .operator(let name, let secret):
            refuseAtOnce(id, node.registry.admits(operator: name, secret) ? .clientsOnly : .unauthenticated)
        case .client(let client, let secret): return (client, secret)
        }
        return nil
    }

    /// Whether an operator calls; otherwise the call is refused, a client's after its secret was checked.
    mutating func isOperator(_ id: RequestID, _ caller: Caller) -> Bool {
        switch caller {
        case .nobody: refuseAtOnce(id, .unauthenticated)
        case .client(let client, let secret):
            start(id, CredentialCheck(request: id, client: client, secret: secret, answer: .failure(.operatorsOnly)))
        case .operator(let name, let secret):
            if node.registry.admits(operator: name, secret) { return true }
            refuseAtOnce(id, .unauthenticated)
        }
        return false
    }
}

extension Refusal {
    static let operatorsOnly = Refusal.forbidden("only an operator may do this")
    static let clientsOnly = Refusal.forbidden("only a client may do this")
    static let ownOnly = Refusal.forbidden("a client may only do this for itself")
}
