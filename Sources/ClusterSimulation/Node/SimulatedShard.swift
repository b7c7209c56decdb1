import Checks
import HashRing

/// One shard's state machine as a simulation drives it: the real one, or a test's stand-in.
package protocol SimulatedShard: AnyObject {
    /// The last entry applied.
    var appliedIndex: UInt64 { get }
    func apply(_ entries: [(index: UInt64, term: UInt64, command: [UInt8]?)]) throws -> AppliedBatch
    func query(_ query: Query) throws -> QueryResult
    func summary() throws -> ShardSummary
    /// Ends the open transaction: a crash of the process falls back no further than this.
    func commit() throws
    /// Makes everything applied durable; returns up to which entry.
    func checkpoint() throws -> UInt64
}

/// Opens shards, also after a crash: what a shard had committed is there again.
package protocol SimulatedShardStore: AnyObject {
    func open(_ shard: ShardID) throws -> any SimulatedShard
    /// A machine in memory that nothing else uses, to replay a log in.
    func blank(_ shard: ShardID) throws -> any SimulatedShard
}
