import HashRing
import ShardStore

/// One shard's state machine: takes committed entries in order, changes the tables, and says what each came to.
///
/// Deterministic: two machines that applied the same log have the same tables, whenever either was restarted in between (I8).
/// Not `Sendable`: owned and used by one thread at a time, the shard's applier.
public final class ShardMachine {
    /// Which shard.
    public let shard: ShardID
    /// The last entry applied, committed to the file or not.
    public private(set) var appliedIndex: UInt64

    let file: ShardFile
    let context: ShardContext
    let channels: Channels
    let users: UserRole
    let home: HomeRole
    /// After a failed apply or commit nobody knows what the open transaction holds: nothing more is taken.
    private var failure: (any Error)?

    /// Opens or creates the shard's file; `nil` keeps it in memory. O(1) but for the open buckets and live leases, which are
    /// read back.
    ///
    /// - Parameters:
    ///   - cluster: the cluster's id; a file that names another one is refused, one that names none is taken over.
    ///   - creating: `false` for a file that must be there with contents: a snapshot that was received.
    /// - Throws: ``StoreError`` for the file, ``CommandDecodingError`` for a state of a later version.
    public convenience init(
        path: String?, shard: ShardID, tombstoneKey: [UInt8], cluster: String? = nil, creating: Bool = true
    ) throws {
        try self.init(
            path: path, shard: shard, tombstoneKey: tombstoneKey, cluster: cluster, creating: creating, faults: [])
    }

    /// The same with deliberate faults.
    package convenience init(
        path: String?, shard: ShardID, tombstoneKey: [UInt8], cluster: String? = nil, creating: Bool = true,
        faults: PlantedFaults
    ) throws {
        let file = try ShardFile(
            path: path, shard: shard.rawValue, cluster: cluster, creating: creating, migrations: ShardSchema.migrations)
        try self.init(file, shard: shard, tombstoneKey: tombstoneKey, faults: faults)
    }

    init(_ file: ShardFile, shard: ShardID, tombstoneKey: [UInt8], faults: PlantedFaults) throws {
        self.shard = shard
        self.file = file
        appliedIndex = file.committedIndex
        context = try ShardContext(shard: shard, connection: file.connection, faults: faults)
        channels = try Channels(file.connection)
        users = try UserRole(context, channels: channels, tombstoneKey: tombstoneKey)
        home = try HomeRole(context)
    }

    /// Statements run on the shard's file since it was opened (N7).
    public var statements: UInt64 { file.connection.statements }

    /// Rows of the shard's file written, changed and deleted since it was opened (N7).
    public var rows: UInt64 { file.connection.rows }

    /// Applies entries in order. `command` is `nil` for an entry that means nothing here (empty, configuration): it only moves
    /// ``appliedIndex``. Entries up to ``appliedIndex`` are skipped. Nothing is durable before ``checkpoint()``.
    ///
    /// - Throws: ``StoreError`` or ``CommandDecodingError``; the machine takes nothing more then, and a new one on the same
    ///   file starts from the last ``commit()``.
    public func apply(_ entries: [(index: UInt64, term: UInt64, command: [UInt8]?)]) throws -> AppliedBatch {
        if let failure { throw failure }
        do {
            try file.openTransaction()
            var outcomes: [AppliedBatch.AppliedOutcome] = []
            for entry in entries where entry.index > appliedIndex {
                if let bytes = entry.command {
                    let envelope = try CommandEnvelope(encoded: bytes)
                    context.begin(stamp: envelope.stamp, draw: envelope.draw)
                    let outcome = try apply(envelope.command)
                    try users.formDue()
                    outcomes.append(AppliedBatch.AppliedOutcome(index: entry.index, outcome: outcome))
                }
                appliedIndex = entry.index
            }
            return AppliedBatch(outcomes: outcomes, emitted: channels.takeEmitted(), summary: try summary())
        } catch {
            failure = error
            throw error
        }
    }

    /// Ends the open transaction: the file then holds everything applied, though not yet safe from a power loss.
    ///
    /// - Throws: ``StoreError``; the machine takes nothing more then, as after a failed ``apply(_:)``.
    public func commit() throws {
        if let failure { throw failure }
        do {
            try flush()
            try file.commit(applied: appliedIndex)
        } catch {
            failure = error
            throw error
        }
    }

    /// Commits and makes everything applied durable in the file.
    ///
    /// - Returns: the index up to which the log is no longer needed for this shard.
    public func checkpoint() throws -> UInt64 {
        try commit()
        return try file.checkpoint()
    }

    /// Writes what is only in memory into the tables.
    func flush() throws {
        try context.flush()
        try channels.flush()
        try users.flush()
        try home.flush()
    }
}
