/// What became of one position of a bucket, in one byte. Stored: the values never change their meaning.
///
/// The low six bits: 0 waiting; a verdict's raw value; a conditional verdict's raw value with 0x10, which waits for another
/// client; 0x20 moved, 0x21 deleted, 0x22 failed. Two bits of a waiting position count only while the bucket is leased or
/// until it is leased the next time.
struct PositionOutcome: Equatable {
    private(set) var byte: UInt8

    init(byte: UInt8) { self.byte = byte }

    static let waiting = PositionOutcome(byte: 0)
    static let moved = PositionOutcome(byte: 0x20)
    static let deleted = PositionOutcome(byte: 0x21)
    static let failed = PositionOutcome(byte: 0x22)

    static func verdict(_ verdict: Verdict) -> PositionOutcome { PositionOutcome(byte: verdict.rawValue) }

    private static let conditionalBit: UInt8 = 0x10
    private static let reportedBit: UInt8 = 0x40
    private static let raisedBit: UInt8 = 0x80
    private var core: UInt8 { byte & 0x3F }

    /// Neither finished nor taken out.
    var isWaiting: Bool { core == 0 || core & 0x30 == Self.conditionalBit }

    /// Waiting, and the live lease has said nothing about it yet.
    var isOpen: Bool { isWaiting && byte & Self.reportedBit == 0 }

    /// A verdict counts for it.
    var verdict: Verdict? { Verdict(rawValue: core) }

    /// The live lease reported it, but it waits for another client's word.
    var reported: Bool {
        get { byte & Self.reportedBit != 0 }
        set { byte = newValue ? byte | Self.reportedBit : byte & ~Self.reportedBit }
    }

    /// To be moved to the urgent lane if its lease ends without a verdict.
    var raised: Bool {
        get { byte & Self.raisedBit != 0 }
        set { byte = newValue ? byte | Self.raisedBit : byte & ~Self.raisedBit }
    }

    /// Keeps waiting, with a verdict that holds only under a condition.
    mutating func makeConditional(_ verdict: Verdict) {
        byte = byte & (Self.reportedBit | Self.raisedBit) | Self.conditionalBit | verdict.rawValue
    }
}
