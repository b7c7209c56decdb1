/// 64 bits that stand for what a view says about its living members: who, where, which incarnation, which application
/// bytes. Independent of order, so a change costs two hashes whatever the size of the view. Suspicion is left out (it
/// passes by itself), and so are the dead (views may forget them at different times).
public struct ViewDigest: Hashable, Sendable {
    /// The bits.
    public internal(set) var rawValue: UInt64

    /// As it was received.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Of a view without anybody.
    static let empty = ViewDigest(rawValue: 0)

    /// Adds a member's share, or takes it out again: the operation is its own inverse.
    mutating func toggle(_ share: UInt64) { rawValue ^= share }

    /// One member's share.
    static func share(of record: MemberRecord) -> UInt64 {
        var hash = RandomSource.mix(UInt64(truncatingIfNeeded: record.id.rawValue))
        func absorb(_ word: UInt64) { hash = RandomSource.mix(hash &* 31 &+ word) }
        absorb(UInt64(truncatingIfNeeded: record.id.rawValue >> 64))
        absorb(record.incarnation.rawValue)
        absorb(UInt64(record.address.port))
        for byte in record.address.host.utf8 { absorb(UInt64(byte)) }
        absorb(UInt64(record.application.count))
        for byte in record.application { absorb(UInt64(byte)) }
        return hash
    }
}
