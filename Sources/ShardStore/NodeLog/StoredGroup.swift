/// What a group finds again, without its records.
public struct StoredGroup: Hashable, Sendable {
    /// Whose.
    public var group: GroupID
    /// The replica of the group that this node is.
    public var replica: UInt64
    /// The hard state last written.
    public var hardState: LogWrite.HardState
    /// The last index of the compacted part; 0: nothing was compacted.
    public var baseIndex: UInt64
    /// Its term.
    public var baseTerm: UInt64
    /// The configuration last written, encoded by its owner.
    public var configuration: [UInt8]
    /// Which `shards/NNNN-GENERATION.db` is the shard's file; means nothing for the registry.
    public var generation: UInt64

    /// A group.
    public init(
        group: GroupID, replica: UInt64, hardState: LogWrite.HardState, baseIndex: UInt64, baseTerm: UInt64,
        configuration: [UInt8], generation: UInt64 = 1
    ) {
        self.group = group
        self.replica = replica
        self.hardState = hardState
        self.baseIndex = baseIndex
        self.baseTerm = baseTerm
        self.configuration = configuration
        self.generation = generation
    }
}
