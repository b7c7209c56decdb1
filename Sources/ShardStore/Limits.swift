/// The sizes that the store accepts.
package enum Limits {
    /// Rows of the log that one compaction transaction deletes at most: keeps it under some milliseconds, so that a write
    /// that arrives meanwhile hardly waits.
    package static let compactionRows = 1000

    /// Bytes of a write-ahead file after which the writer itself checkpoints. Normally a background checkpoint keeps the
    /// file far below this; it bounds the disk when that one cannot finish under constant writing.
    package static let writeAheadBytes = 64 << 20

    /// Highest index of a log: 47 bits share one signed integer with the group's 16.
    package static let logIndex: UInt64 = (1 << 47) - 1

    /// Pages of a shard's file that its connection may keep in memory, in KiB: 16 shards stay within 32 MiB, and one
    /// bucket's rows touch a few dozen pages.
    package static let shardCacheKiB = 2048

    /// Pages of the log's file that its connection may keep in memory, in KiB: appending touches the right edge only.
    package static let logCacheKiB = 1024
}
