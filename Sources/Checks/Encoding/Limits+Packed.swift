extension Limits {
    /// The largest count that is taken from another node: 1024 shards of so many still add up within 64 bits, and no table of
    /// ours ever holds as many rows.
    static let tally = 1 << 48

    /// Records of a list for which room is made before they are read: a listing's part. A longer list grows.
    static let recordsReserved = 1000
}
