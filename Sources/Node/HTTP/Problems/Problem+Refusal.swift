import Coordinator

extension Problem {
    /// What the coordinator refused, in the words of the interface.
    package init(_ refusal: Refusal, trace: String) {
        self =
            switch refusal {
            case .invalidRequest(let field, let detail): .invalidRequest(detail, field: field)
            case .invalidFields(let field, let detail): .invalidFields(detail, field: field)
            case .unauthenticated: .unauthenticated
            case .forbidden(let detail): .forbidden(detail)
            case .identityTaken(let field): Problem.identityTaken.at(field)
            case .inviteRequired: .inviteRequired
            case .quarantined(let reason): .quarantined(reason)
            case .leaseNotYours: .leaseNotYours
            case .notFound(let detail): .notFound(detail)
            case .conflict(let detail): .conflict(detail)
            case .leaseGone: .leaseGone
            case .idempotencyMismatch: .idempotencyMismatch
            case .rateLimited(let seconds): .rateLimited("This client is throttled.", retryAfterSeconds: seconds)
            case .unavailable(let outcome, let seconds):
                .unavailable(
                    "No node leads this now, or it has too much to do.", retryAfterSeconds: seconds,
                    outcome: Outcome(outcome))
            case .timeout(let outcome): .timeout(outcome: Outcome(outcome))
            case .internalError: .internalError(trace: trace)
            // Said between nodes only: whoever passed the request on looks for the leader again.
            case .elsewhere:
                .unavailable("Another node leads this now.", retryAfterSeconds: 1, outcome: .notApplied)
            }
    }
}

extension Problem.Outcome {
    init(_ outcome: DeliveryOutcome) {
        self =
            switch outcome {
            case .notApplied: .notApplied
            case .unknown: .unknown
            }
    }
}
