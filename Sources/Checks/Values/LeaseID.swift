import HashRing

/// Names one lease for ever and *is* its fence: every write names it and apply compares it.
///
/// The shard that holds the bucket, then 128 bits that nobody can guess. Its text is 24 characters of base64url; since 18
/// bytes fill 24 characters exactly, there is one spelling only.
public struct LeaseID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The shard that grants and holds the lease.
    public let shard: ShardID
    /// The unguessable part.
    public let secret: UInt128

    /// A lease of `shard`.
    public init(shard: ShardID, secret: UInt128) {
        self.shard = shard
        self.secret = secret
    }

    /// By shard, then by secret.
    public static func < (lhs: LeaseID, rhs: LeaseID) -> Bool {
        (lhs.shard, lhs.secret) < (rhs.shard, rhs.secret)
    }

    /// The 18 bytes behind the text: shard, then secret, big endian.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(18)
        withUnsafeBytes(of: shard.rawValue.bigEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: secret.bigEndian) { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// `nil` when it is not 18 bytes that name a shard.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 18 else { return nil }
        let shard = bytes.prefix(2).reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
        guard let shard = ShardID(rawValue: shard) else { return nil }
        self.shard = shard
        secret = bytes.dropFirst(2).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// The text by which clients name the lease.
    public var description: String {
        let bytes = bytes
        var text: [UInt8] = []
        text.reserveCapacity(24)
        for start in stride(from: 0, to: 18, by: 3) {
            let group = UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
            for shift in [18, 12, 6, 0] as [UInt32] { text.append(Self.alphabet[Int(group >> shift & 63)]) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `nil` for every text that is not exactly what ``description`` gives.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 24 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(18)
        var group: UInt32 = 0
        for (position, character) in text.utf8.enumerated() {
            guard let value = Self.alphabet.firstIndex(of: character) else { return nil }
            group = group << 6 | UInt32(value)
            if position % 4 == 3 {
                bytes += [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)]
                group = 0
            }
        }
        self.init(bytes: bytes)
    }
}
