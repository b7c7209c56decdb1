import HashRing
import ShardStore

/// The whole of a shard at one index, to be sent to a replica that lacks what the log does not hold any more. Both forms open
/// as a machine with the same digest.
extension ShardMachine {
    /// Commits, and writes everything applied into a new file, which is durable on return. O(size of the shard); the machine
    /// does nothing else meanwhile. What is applied later changes the new file no more.
    ///
    /// - Returns: the last entry in it.
    /// - Throws: ``StoreError``. When the file could not be written none is left behind, and the machine goes on as before;
    ///   when the commit before it failed, it takes nothing more.
    public func snapshot(into path: String) throws -> UInt64 {
        try commit()
        try file.snapshot(into: path)
        return appliedIndex
    }

    /// The same as bytes, for nodes without files. Commits.
    public func snapshot() throws -> [UInt8] {
        try commit()
        return try file.connection.image()
    }

    /// Opens a snapshot that was taken as bytes, in memory.
    ///
    /// - Throws: ``StoreError`` when the bytes are damaged or of another shard or cluster.
    public convenience init(
        snapshot: [UInt8], shard: ShardID, tombstoneKey: [UInt8], cluster: String? = nil
    ) throws {
        try self.init(snapshot: snapshot, shard: shard, tombstoneKey: tombstoneKey, cluster: cluster, faults: [])
    }

    /// The same with deliberate faults.
    package convenience init(
        snapshot: [UInt8], shard: ShardID, tombstoneKey: [UInt8], cluster: String? = nil, faults: PlantedFaults
    ) throws {
        let file = try ShardFile(
            image: snapshot, shard: shard.rawValue, cluster: cluster, migrations: ShardSchema.migrations)
        try self.init(file, shard: shard, tombstoneKey: tombstoneKey, faults: faults)
    }
}
