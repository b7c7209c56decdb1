import Checks
import HashRing

extension ShardMachine: SimulatedShard {}

/// The real state machines over files in a folder: what a machine had committed is there after a crash.
package final class MachineShards: SimulatedShardStore {
    private let folder: String?
    private static let tombstoneKey = [UInt8](repeating: 7, count: 32)

    /// `nil` keeps the shards in memory: then a crash forgets all of it, and the whole log is applied again.
    package init(folder: String?) { self.folder = folder }

    package func open(_ shard: ShardID) throws -> any SimulatedShard {
        try ShardMachine(path: folder.map { "\($0)/\(shard).db" }, shard: shard, tombstoneKey: Self.tombstoneKey)
    }

    package func blank(_ shard: ShardID) throws -> any SimulatedShard {
        try ShardMachine(path: nil, shard: shard, tombstoneKey: Self.tombstoneKey)
    }
}
