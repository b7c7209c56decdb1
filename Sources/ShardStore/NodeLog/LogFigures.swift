/// What a log has cost since it was opened (N7).
public struct LogFigures: Hashable, Sendable {
    /// Statements run.
    public var statements: UInt64 = 0
    /// Rows written, changed and deleted.
    public var rows: UInt64 = 0
    /// Transactions committed; each is one fsync of the write-ahead file.
    public var transactions: UInt64 = 0
    /// Records appended.
    public var records: UInt64 = 0
    /// Bytes of payload appended.
    public var payloadBytes: UInt64 = 0
    /// Checkpoints that the writer had to do itself; each is two further fsyncs.
    public var checkpoints: UInt64 = 0

    /// Nothing yet.
    public init() {}
}
