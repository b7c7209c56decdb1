import Checks

enum RefusalCase: CallCase {
    case unauthenticated, notYours, leaseGone, identityTaken, inviteRequired, quarantined, throttled
    case serviceNotInCapability, unknownService, revokedService, unknownUser, unknownClient, renewalTooEarly
    case idempotencyMismatch, confirmSlots, notFinished

    init(_ value: CheckRefusal) {
        switch value {
        case .unauthenticated: self = .unauthenticated
        case .notYours: self = .notYours
        case .leaseGone: self = .leaseGone
        case .identityTaken: self = .identityTaken
        case .inviteRequired: self = .inviteRequired
        case .quarantined: self = .quarantined
        case .throttled: self = .throttled
        case .serviceNotInCapability: self = .serviceNotInCapability
        case .unknownService: self = .unknownService
        case .revokedService: self = .revokedService
        case .unknownUser: self = .unknownUser
        case .unknownClient: self = .unknownClient
        case .renewalTooEarly: self = .renewalTooEarly
        case .idempotencyMismatch: self = .idempotencyMismatch
        case .confirmSlots: self = .confirmSlots
        case .notFinished: self = .notFinished
        }
    }

    var samples: [CheckRefusal] {
        switch self {
        case .unauthenticated: [.unauthenticated]
        case .notYours: [.notYours]
        case .leaseGone: [.leaseGone]
        case .identityTaken: [.identityTaken(field: "secret")]
        case .inviteRequired: [.inviteRequired]
        case .quarantined: [.quarantined(reason: ""), .quarantined(reason: "wäs")]
        case .throttled: [.throttled(retryAfterSeconds: 0), .throttled(retryAfterSeconds: 900)]
        case .serviceNotInCapability: [.serviceNotInCapability]
        case .unknownService: [.unknownService]
        case .revokedService: [.revokedService]
        case .unknownUser: [.unknownUser]
        case .unknownClient: [.unknownClient]
        case .renewalTooEarly: [.renewalTooEarly]
        case .idempotencyMismatch: [.idempotencyMismatch]
        case .confirmSlots: [.confirmSlots]
        case .notFinished: [.notFinished]
        }
    }
}
