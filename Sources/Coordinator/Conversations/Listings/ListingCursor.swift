import HashRing

/// Where a listing over shards goes on: opaque to callers, so it carries its version and what it lists.
struct ListingCursor: Hashable, Sendable {
    enum Kind: UInt8, Sendable { case clients = 1, users, export, activity, events }

    var shard: ShardID
    /// The shard's own cursor; `nil`: from its beginning.
    var after: [UInt8]?

    private static let version: UInt8 = 1
    /// Shards' own cursors are far shorter.
    private static let longest = 1024

    init(shard: ShardID, after: [UInt8]?) {
        self.shard = shard
        self.after = after
    }

    /// `nil` for what is no cursor of that kind of listing.
    init?(_ bytes: [UInt8], of kind: Kind, shards: Int) {
        guard (5...Self.longest).contains(bytes.count), bytes[0] == Self.version, bytes[1] == kind.rawValue,
            let shard = ShardID(rawValue: UInt16(bytes[2]) << 8 | UInt16(bytes[3])), shard.index < shards
        else { return nil }
        self.shard = shard
        switch bytes[4] {
        case 0 where bytes.count == 5: after = nil
        case 1: after = Array(bytes[5...])
        default: return nil
        }
    }

    func bytes(of kind: Kind) -> [UInt8] {
        let head = [
            Self.version, kind.rawValue, UInt8(shard.rawValue >> 8), UInt8(shard.rawValue & 255), after == nil ? 0 : 1,
        ]
        return head + (after ?? [])
    }
}
