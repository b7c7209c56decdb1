/// An enumeration that stands as a byte in the packed layouts. Codes are never reused: a new case takes a new one.
protocol PackedCode {
    /// The byte that stands for the case.
    var code: UInt8 { get }
    /// `nil` for a byte that stands for no case.
    init?(code: UInt8)
}

extension PackedCode where Self: RawRepresentable<UInt8> {
    var code: UInt8 { rawValue }
}

extension PackedCode where Self: CaseIterable {
    init?(code: UInt8) {
        guard let value = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = value
    }
}

extension Verdict: PackedCode {}

extension Lane: PackedCode {}

extension TaskState: PackedCode {
    var code: UInt8 {
        switch self {
        case .unmarked: 0
        case .pending: 1
        case .bucketed: 2
        case .leased: 3
        case .done: 4
        case .failed: 5
        }
    }
}

extension ClientState: PackedCode {
    var code: UInt8 {
        switch self {
        case .active: 0
        case .unregistered: 1
        case .throttled: 2
        case .quarantined: 3
        }
    }
}

extension ReportReceipt.State: PackedCode {
    var code: UInt8 {
        switch self {
        case .open: 0
        case .done: 1
        case .released: 2
        }
    }

    init?(code: UInt8) {
        switch code {
        case 0: self = .open
        case 1: self = .done
        case 2: self = .released
        default: return nil
        }
    }
}

extension RowRejection: PackedCode {
    var code: UInt8 {
        switch self {
        case .notInBucket: 0
        case .invalidVerdict: 1
        case .invalidScreenName: 2
        case .accountMismatch: 3
        case .malformedRow: 4
        case .conflictsWithEarlier: 5
        }
    }

    init?(code: UInt8) {
        switch code {
        case 0: self = .notInBucket
        case 1: self = .invalidVerdict
        case 2: self = .invalidScreenName
        case 3: self = .accountMismatch
        case 4: self = .malformedRow
        case 5: self = .conflictsWithEarlier
        default: return nil
        }
    }
}
