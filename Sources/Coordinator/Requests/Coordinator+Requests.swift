import Checks
import HashRing

// Who may call what, and which conversation answers it.

extension Coordinator {
    /// Begins a request here, passes it on to where it belongs, or lets it wait for a leader.
    mutating func begin(_ id: RequestID, _ request: Request, isForwarded: Bool = false) {
        if case .readiness = request { return node.effects.append(.reply(id, .success(.readiness(node.obstacles)))) }
        guard !node.isDraining, node.requests.count + node.parked.count < Limits.requestsUnderWay else {
            return refuseAtOnce(
                id, isForwarded ? .elsewhere : .unavailable(.notApplied, retryAfterSeconds: Limits.busyRetrySeconds))
        }
        var (asked, isStale) = (request, false)
        if case .stale(let read) = request { (asked, isStale) = (read, true) }
        guard let shard = asked.seat(in: node), let position = node.position(of: shard),
            !isStale || node.staleness(of: position) == nil
        else { return beginHere(id, asked, isStale: isStale) }
        switch node.route(to: position) {
        case .here: beginHere(id, asked, isStale: isStale)
        case .elsewhere(let peer) where !isForwarded:
            node.effects.append(.redirect(id, to: peer))
            node.watchLeader(of: position)
        case .elsewhere: refuseAtOnce(id, .elsewhere)
        case .soon: park(id, request, isForwarded, at: position)
        case .unknown:
            if isForwarded { refuseAtOnce(id, .elsewhere) } else { park(id, request, isForwarded, at: position) }
        }
    }

    private mutating func park(_ id: RequestID, _ request: Request, _ isForwarded: Bool, at position: Int) {
        node.parked.park(.init(id: id, request: request, isForwarded: isForwarded), at: position)
        node.timers.add(.parkedRequest(id, position: position), due: node.now.monotonic + Limits.leaderPatience)
    }

    /// Nobody leads what the request is about, for longer than an election takes.
    mutating func giveUpParked(_ id: RequestID, at position: Int) {
        if let parked = node.parked.take(id, at: position) { refuse(parked) }
    }

    mutating func refuse(_ parked: ParkedRequests.Parked) {
        refuseAtOnce(
            parked.id,
            parked.isForwarded ? .elsewhere : .unavailable(.notApplied, retryAfterSeconds: Limits.busyRetrySeconds))
    }

    /// Requests whose group has a leader by now.
    mutating func beginReleased() {
        while !node.released.isEmpty {
            let released = node.released
            node.released = []
            for parked in released { begin(parked.id, parked.request, isForwarded: parked.isForwarded) }
        }
    }

    private mutating func beginHere(_ id: RequestID, _ request: Request, isStale: Bool) {
        switch request {
        case .register(let client, let registration, let invite):
            let digest = invite.map { node.identity.inviteDigest($0) }
            start(id, RegistrationCall(request: id, client: client, registration: registration, invite: digest))
        case .authenticate(let caller, let role): authenticate(id, caller, as: role, isStale: isStale)
        case .join(let newcomer): start(id, JoinCall(request: id, newcomer: newcomer))
        case .readiness: break
        default:
            if !beginClientCall(id, request) { beginOperatorCall(id, request) }
        }
        if isStale, let conversation = node.requests.conversation(of: id) { node.staleReads.begin(conversation) }
    }

    mutating func refuseAtOnce(_ id: RequestID, _ refusal: Refusal) {
        node.effects.append(.reply(id, .failure(refusal)))
    }

    mutating func start(_ id: RequestID, _ conversation: any Conversation, patience: Duration = .zero) {
        node.requests.add(id, node.start(conversation))
        node.timers.add(.request(id), due: node.now.monotonic + Limits.requestTimeout + patience)
    }

    private mutating func authenticate(_ id: RequestID, _ caller: Caller, as role: Role, isStale: Bool) {
        switch (caller, role) {
        case (.nobody, _): refuseAtOnce(id, .unauthenticated)
        case (.client(let client, let secret), .operator):
            start(id, CredentialCheck(request: id, client: client, secret: secret, answer: .failure(.operatorsOnly)))
        case (.client(let client, let secret), _):
            start(id, CredentialCheck(request: id, client: client, secret: secret, answer: .success(.done)))
        case (.operator(let name, let secret), _):
            guard node.registry.admits(operator: name, secret) else { return refuseAtOnce(id, .unauthenticated) }
            if role == .client { return refuseAtOnce(id, .clientsOnly) }
            // Whom operators are told to be is what the registry says, and that is all that was read.
            let age = isStale ? node.staleness(of: 0) ?? .zero : nil
            node.effects.append(.reply(id, .success(Response.done.asOld(as: age))))
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
