/// The number of a shard: one of the 1 to 1024 slices of the key space.
///
/// Shards are numbered from 1. Zero is the number of the registry's group, which is not a shard.
public struct ShardID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The shard's number, in `valid`.
    public let rawValue: UInt16

    /// The shard with this number, or `nil` when the number is not in `valid`.
    public init?(rawValue: UInt16) {
        guard Self.valid.contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// Reads the text form: the number in decimal, without a sign or leading zeros.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.first != UInt8(ascii: "0"), text.utf8.first != UInt8(ascii: "+"),
            let number = UInt16(text)
        else { return nil }
        self.init(rawValue: number)
    }

    /// The numbers a shard can have.
    public static let valid: ClosedRange<UInt16> = 1...UInt16(Limits.shards)

    /// The shards of a cluster that has `count` of them, in order; at most as many as a cluster can have.
    public static func all(count: Int) -> [ShardID] {
        (0..<min(max(count, 0), Limits.shards)).map { ShardID(index: $0) }
    }

    /// Orders shards by number.
    public static func < (left: ShardID, right: ShardID) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The shard's position in an array with one element a shard.
    package var index: Int { Int(rawValue) - 1 }

    /// The shard at this position of an array with one element a shard; `index` is in `0..<Limits.shards`.
    package init(index: Int) {
        precondition((0..<Limits.shards).contains(index), "a shard's index is below the largest number of shards")
        rawValue = UInt16(index + 1)
    }
}

extension ShardID: CustomStringConvertible {
    /// The number in decimal.
    public var description: String { String(rawValue) }
}

extension ShardID: Codable {}
