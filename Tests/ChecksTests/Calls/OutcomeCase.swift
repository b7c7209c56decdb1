import Checks

enum OutcomeCase: CallCase {
    case done, refused, digest, jobStep, inbox, registered, reserved, asked, ending
    case added, marked, rechecked, jobStarted, granted, nothingToGrant, fenced, reported, renewed

    init(_ value: Outcome) {
        switch value {
        case .done: self = .done
        case .refused: self = .refused
        case .digest: self = .digest
        case .jobStep: self = .jobStep
        case .inbox: self = .inbox
        case .registered: self = .registered
        case .reserved: self = .reserved
        case .asked: self = .asked
        case .ending: self = .ending
        case .added: self = .added
        case .marked: self = .marked
        case .rechecked: self = .rechecked
        case .jobStarted: self = .jobStarted
        case .granted: self = .granted
        case .nothingToGrant: self = .nothingToGrant
        case .fenced: self = .fenced
        case .reported: self = .reported
        case .renewed: self = .renewed
        }
    }

    var samples: [Outcome] {
        switch self {
        case .done: [.done]
        case .refused: RefusalCase.allSamples.map { .refused($0) }
        case .digest: [.digest([]), .digest([UInt8](0...255))]
        case .jobStep: [.jobStep(more: false), .jobStep(more: true)]
        case .inbox: [.inbox(source: Sample.shard, through: UInt64.max)]
        case .registered: Sample.clientRecords.map { .registered($0, created: $0.state == .active) }
        case .reserved: Sample.reserveAnswers.map { .reserved($0) }
        case .asked: Sample.asks.map { .asked($0) }
        case .ending: [.ending(generation: 0, open: []), .ending(generation: UInt64.max, open: Sample.asks)]
        case .added:
            [UserTally()].map {
                var tally = $0
                (tally.added, tally.existing, tally.marked, tally.accountMismatches) = (1, 2, 3, [0, 499])
                return .added(tally)
            }
        case .marked:
            [MarkTally()].map {
                var tally = $0
                (tally.marked, tally.already, tally.unknown) = (1, 2, [Sample.longName, name("x")])
                return .marked(tally)
            }
        case .rechecked:
            [RecheckTally()].map {
                var tally = $0
                (tally.requeued, tally.running, tally.unknown) = (1, 2, [Sample.longName, name("x")])
                return .rechecked(tally)
            }
        case .jobStarted: [.jobStarted(0), .jobStarted(UInt64.max)]
        case .granted: Sample.leases.map { .granted($0) }
        case .nothingToGrant: [.nothingToGrant]
        case .fenced: [.fenced(granted: nil)] + Sample.leases.map { .fenced(granted: $0) }
        case .reported: ReceiptStateCase.allSamples.map { .reported(Self.receipt($0)) }
        case .renewed: Sample.moments.map { .renewed(deadline: $0) }
        }
    }

    private static func receipt(_ state: ReportReceipt.State) -> ReportReceipt {
        var receipt = ReportReceipt()
        receipt.accepted = 1
        receipt.replayed = 2
        receipt.discarded = 3
        receipt.rejected = RejectionCase.allSamples.enumerated().map { .init(row: $0 * 100, reason: $1) }
        receipt.remaining = Sample.tally
        receipt.state = state
        return receipt
    }
}

enum ReceiptStateCase: CallCase {
    case open, done, released

    init(_ value: ReportReceipt.State) {
        switch value {
        case .open: self = .open
        case .done: self = .done
        case .released: self = .released
        }
    }

    var samples: [ReportReceipt.State] {
        switch self {
        case .open: [.open]
        case .done: [.done]
        case .released: [.released]
        }
    }
}

enum RejectionCase: CallCase {
    case notInBucket, invalidVerdict, invalidScreenName, accountMismatch, malformedRow, conflictsWithEarlier

    init(_ value: RowRejection) {
        switch value {
        case .notInBucket: self = .notInBucket
        case .invalidVerdict: self = .invalidVerdict
        case .invalidScreenName: self = .invalidScreenName
        case .accountMismatch: self = .accountMismatch
        case .malformedRow: self = .malformedRow
        case .conflictsWithEarlier: self = .conflictsWithEarlier
        }
    }

    var samples: [RowRejection] {
        switch self {
        case .notInBucket: [.notInBucket]
        case .invalidVerdict: [.invalidVerdict]
        case .invalidScreenName: [.invalidScreenName]
        case .accountMismatch: [.accountMismatch]
        case .malformedRow: [.malformedRow]
        case .conflictsWithEarlier: [.conflictsWithEarlier]
        }
    }
}
