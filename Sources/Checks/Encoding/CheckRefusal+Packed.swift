/// A byte for the case, then what it carries.
extension CheckRefusal: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.byte(code)
        switch self {
        case .identityTaken(let field): writer.text(field)
        case .quarantined(let reason): writer.text(reason)
        case .throttled(let seconds): writer.count(seconds)
        case .unauthenticated, .notYours, .leaseGone, .inviteRequired, .serviceNotInCapability, .unknownService,
            .revokedService, .unknownUser, .unknownClient, .renewalTooEarly, .idempotencyMismatch, .confirmSlots,
            .notFinished:
            break
        }
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        switch reader.byte() {
        case 1: self = .unauthenticated
        case 2: self = .notYours
        case 3: self = .leaseGone
        case 4: self = .identityTaken(field: reader.text())
        case 5: self = .inviteRequired
        case 6: self = .quarantined(reason: reader.text())
        case 7: self = .throttled(retryAfterSeconds: try reader.tally())
        case 8: self = .serviceNotInCapability
        case 9: self = .unknownService
        case 10: self = .revokedService
        case 11: self = .unknownUser
        case 12: self = .unknownClient
        case 13: self = .renewalTooEarly
        case 14: self = .idempotencyMismatch
        case 15: self = .confirmSlots
        case 16: self = .notFinished
        case let code: throw .malformed("refusal \(code)")
        }
    }

    private var code: UInt8 {
        switch self {
        case .unauthenticated: 1
        case .notYours: 2
        case .leaseGone: 3
        case .identityTaken: 4
        case .inviteRequired: 5
        case .quarantined: 6
        case .throttled: 7
        case .serviceNotInCapability: 8
        case .unknownService: 9
        case .revokedService: 10
        case .unknownUser: 11
        case .unknownClient: 12
        case .renewalTooEarly: 13
        case .idempotencyMismatch: 14
        case .confirmSlots: 15
        case .notFinished: 16
        }
    }
}
