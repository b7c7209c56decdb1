/// Every bound of a group, and where it comes from.
package enum Limits {
    /// What an entry costs besides its payload, in bytes: index, term and framing, rounded up.
    static let entryOverhead = 32
    /// The largest command, in bytes: four times less than what a peer frame may hold, so that one entry never
    /// stalls the heartbeats behind it for long (256 KiB is 2 ms on a 1 Gbit/s link).
    package static let commandBytes = 256 * 1024
    /// Voters of one group: a quorum of more than seven costs latency and buys nothing.
    package static let voters = 7
    /// Replicas of one group, learners included.
    package static let replicas = 32
    /// Reads waiting for a quorum round at one leader.
    package static let pendingReads = 4096
}
