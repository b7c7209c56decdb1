import Checks

/// A command or query that was not carried out, or not as far as anyone knows.
public struct Loss: Error, Hashable, Sendable {
    /// Why.
    public enum Reason: String, Hashable, Sendable { case noLeader, overloaded, tooLarge, fault }
    /// Why.
    public let reason: Reason
    /// Whether it may have been carried out all the same.
    public let outcome: DeliveryOutcome

    /// Puts one together.
    public init(reason: Reason, outcome: DeliveryOutcome) {
        self.reason = reason
        self.outcome = outcome
    }

    static let noLeader = Loss(reason: .noLeader, outcome: .notApplied)
    static let overloaded = Loss(reason: .overloaded, outcome: .notApplied)
    static let deposed = Loss(reason: .noLeader, outcome: .unknown)
    static let tooLarge = Loss(reason: .tooLarge, outcome: .notApplied)
    static let fault = Loss(reason: .fault, outcome: .unknown)

    /// What a caller is told.
    var refusal: Refusal {
        switch reason {
        case .noLeader, .overloaded: .unavailable(outcome, retryAfterSeconds: Limits.busyRetrySeconds)
        case .tooLarge: .invalidFields(field: "body", detail: "too much for one command")
        case .fault: .internalError("the shard's store failed")
        }
    }
}
