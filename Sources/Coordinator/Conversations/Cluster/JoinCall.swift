import Checks
import HashRing

/// A newcomer shows its token: once the registry holds it as a member, it is sent the registry.
struct JoinCall: Conversation {
    let request: RequestID
    let newcomer: Newcomer

    var delivery: DeliveryOutcome { .unknown }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            let member = Registry.Member(
                node: newcomer.node, name: newcomer.name, http: newcomer.http, peer: newcomer.peer,
                zone: newcomer.zone, weight: newcomer.weight, state: .joining, stateVersion: newcomer.stateVersion)
            node.propose(.join(member, digest: newcomer.tokenDigest), step: 0)
            return .goesOn
        case .registry(_, .success(.refused(let refusal))): node.refuse(request, refusal.refusal)
        case .registry(_, .success):
            guard node.registry.member(newcomer.node) != nil, let image = try? node.registry.image() else {
                node.refuse(request, .unavailable(.unknown, retryAfterSeconds: Limits.busyRetrySeconds))
                return .finished
            }
            node.reply(request, .joined(registry: image))
        case .registry(_, .failure(let loss)): node.refuse(request, loss)
        default: return .goesOn
        }
        return .finished
    }
}

/// Makes a join token. Its secret leaves once, with the answer; only its digest is kept.
struct JoinTokenCreation: Conversation {
    let request: RequestID
    let uses: Int
    let expiresAt: Timestamp
    private var secret: [UInt8] = []

    init(request: RequestID, uses: Int, expiresAt: Timestamp) {
        self.request = request
        self.uses = uses
        self.expiresAt = expiresAt
    }

    var delivery: DeliveryOutcome { .unknown }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            secret = node.entropy.key()
            let token = Registry.JoinToken(
                digest: node.identity.digest(secret), uses: uses, expiresAt: expiresAt, nodes: [])
            node.propose(.createJoinToken(token), step: 0)
            return .goesOn
        case .registry(_, .success(.refused(let refusal))): node.refuse(request, refusal.refusal)
        case .registry(_, .success): node.reply(request, .joinToken(secret: secret, expiresAt: expiresAt))
        case .registry(_, .failure(let loss)): node.refuse(request, loss)
        default: return .goesOn
        }
        return .finished
    }
}
