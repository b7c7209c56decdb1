/// A node's proposal of itself to a shard, in one word: proposals are sorted by the thousand.
///
/// The order is that in which they are heard: by time, and of those at the same time by the node's number. A node makes
/// no two proposals at a time.
struct Proposal: Comparable {
    private let bits: UInt64

    /// The proposal that `node` makes to `shard`, `time` ticks after the beginning.
    init(time: UInt64, node: Int, shard: Int) {
        bits =
            time << (Self.nodeBits + Self.shardBits)
            | UInt64(truncatingIfNeeded: node) << Self.shardBits
            | UInt64(truncatingIfNeeded: shard)
    }

    var time: UInt64 { bits >> (Self.nodeBits + Self.shardBits) }
    var node: Int { Int(truncatingIfNeeded: bits >> Self.shardBits & (1 << Self.nodeBits - 1)) }
    var shard: Int { Int(truncatingIfNeeded: bits & (1 << Self.shardBits - 1)) }

    static func < (left: Proposal, right: Proposal) -> Bool { left.bits < right.bits }

    /// Enough for `Limits.members` and `Limits.shards`. They leave 44 bits to the time, which is 16 units of it.
    private static let nodeBits: UInt64 = 10
    private static let shardBits: UInt64 = 10
}
