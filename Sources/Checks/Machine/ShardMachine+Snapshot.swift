import HashRing
import ShardStore

/// The whole of a shard at one index, to be sent to a replica that lacks what the log does not hold any more. Both forms open
/// as a machine with the same digest.
extension ShardMachine {
    /// Commits, and keeps the file as it is until ``thaw()``: whoever wants a snapshot copies it meanwhile, and the machine goes
    /// on. O(what was applied since the last checkpoint).
    ///
    /// - Throws: ``StoreError``, above all when it is frozen already. The machine goes on as before; when the commit failed, it
    ///   takes nothing more.
    public func freeze() throws -> FrozenFile {
        try commit()
        return try file.freeze()
    }

    /// A snapshot was copied, or is not wanted any more.
    public func thaw() { file.thaw() }

    /// Whether somebody is copying the file: no checkpoint comes about then.
    public var isFrozen: Bool { file.isFrozen }

    /// Everything applied as bytes, for nodes without files. Commits.
    ///
    /// - Throws: ``StoreError``; when the commit failed, the machine takes nothing more.
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
