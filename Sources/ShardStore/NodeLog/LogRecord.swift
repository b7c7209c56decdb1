/// One entry of a group's log as it lies on disk.
public struct LogRecord: Hashable, Sendable {
    /// Its place; from 1, without gaps.
    public var index: UInt64
    /// The term of the leader that made it.
    public var term: UInt64
    /// What the payload is; the store does not look at it.
    public var kind: UInt8
    /// The entry's contents.
    public var payload: [UInt8]

    /// A record.
    public init(index: UInt64, term: UInt64, kind: UInt8, payload: [UInt8]) {
        self.index = index
        self.term = term
        self.kind = kind
        self.payload = payload
    }
}
