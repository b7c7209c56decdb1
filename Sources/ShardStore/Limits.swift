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

    /// Free pages of the log's file from which they are given back to the disk, and those that stay for the next records:
    /// 4 MiB and 1 MiB. Between two compactions a busy log fills that much anew, which giving back would only write twice.
    package static let freePages = (shrinkFrom: 1024, keep: 256)

    /// Pages that one step gives back at most, 256 KiB: one fsync and some milliseconds, which a write may have to wait.
    package static let pagesPerStep = 64

    /// Pages up to which a log of before incremental vacuum is written anew when it is opened: 64 MiB take a good second.
    package static let convertiblePages = 16_384

    /// Bytes that a write-ahead file keeps when it starts anew; below what makes a background checkpoint worthwhile.
    package static let keptWriteAheadBytes = 4 << 20

    /// How long a write waits while the background connection shortens the write-ahead file, in milliseconds. That takes
    /// microseconds, or as long as a commit when one came between.
    package static let busyMilliseconds = 5000
}
