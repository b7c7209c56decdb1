import Checks
import HashRing

/// One shard's state machine as a simulation drives it: the real one, or a test's stand-in.
package protocol SimulatedShard: AnyObject {
    /// The last entry applied.
    var appliedIndex: UInt64 { get }
    func apply(_ entries: [(index: UInt64, term: UInt64, command: [UInt8]?)]) throws -> AppliedBatch
    func query(_ query: Query) throws -> QueryResult
    func summary() throws -> ShardSummary
    /// Everything applied, as the bytes of a file.
    func contents() throws -> [UInt8]
}

/// Opens shards' files.
package protocol SimulatedShardStore: AnyObject {
    /// A machine over a file of that node; `contents` are what the disk holds of it, `nil` makes an empty one.
    func open(_ shard: ShardID, on node: NodeID, contents: [UInt8]?) throws -> any SimulatedShard
}
