/// Which shards take no more proposals of a zone: what is known to be refused need not be sorted.
///
/// A bit for each shard and zone. From the last bit on zones share one, which is set only when the shard is full: a
/// proposal that is not known to be refused is still to be judged.
struct ClosedShards {
    private var zonesByShard: [UInt64]

    /// No shard is closed to any zone.
    init(shardCount: Int) {
        zonesByShard = Array(repeating: 0, count: shardCount)
    }

    /// Whether `shard` is known to refuse all nodes of `zone`.
    func refuses(_ zone: Int, at shard: Int) -> Bool {
        zonesByShard[shard] & Self.bit(of: zone) != 0
    }

    /// Notes that `shard` has all its replicas.
    mutating func close(_ shard: Int) {
        zonesByShard[shard] = .max
    }

    /// Notes that `zone` holds as many replicas of `shard` as it may.
    mutating func close(_ shard: Int, to zone: Int) {
        if zone < Self.shared { zonesByShard[shard] |= Self.bit(of: zone) }
    }

    private static let shared = UInt64.bitWidth - 1

    private static func bit(of zone: Int) -> UInt64 { 1 << UInt64(min(zone, shared)) }
}
