import HashRing

/// The name of a shard's file.
struct ShardFileName: Hashable {
    var shard: ShardID
    var generation: UInt64
}

/// What a disk holds of a shard's file, as bytes; `nil` is a file with nothing in it yet.
struct ShardFileContents {
    /// What the end of the process leaves: everything that was committed.
    var committed: [UInt8]?
    /// What a power loss leaves: the last checkpoint.
    var durable: [UInt8]?
}
