import Checks

extension Refusal {
    /// What a caller is told when a shard refused.
    init(_ refusal: CheckRefusal) {
        switch refusal {
        case .unauthenticated: self = .unauthenticated
        case .notYours: self = .leaseNotYours
        case .leaseGone: self = .leaseGone
        case .identityTaken(let field): self = .identityTaken(field: field)
        case .inviteRequired: self = .inviteRequired
        case .quarantined(let reason): self = .quarantined(reason: reason)
        case .throttled(let seconds): self = .rateLimited(retryAfterSeconds: seconds)
        case .serviceNotInCapability: self = .forbidden("the client's capability does not list this service")
        case .unknownService: self = .notFound("no such service")
        case .revokedService: self = .conflict("the service is revoked")
        case .unknownUser: self = .notFound("no such user")
        case .unknownClient: self = .notFound("no such client")
        case .renewalTooEarly: self = .conflict("a renewal would not move the deadline")
        case .idempotencyMismatch: self = .idempotencyMismatch
        case .confirmSlots, .notFinished: self = .internalError("a shard asked for a step that was taken")
        }
    }

    /// For an answer that does not belong to the question.
    static let strangeAnswer = Refusal.internalError("a shard answered another question")
}
