/// How a member stands in somebody's view.
public enum MemberStatus: UInt8, Hashable, Sendable, CaseIterable {
    /// It answers.
    case alive
    /// A probe of it failed; it has until the suspicion's timeout to refute.
    case suspect
    /// Its suspicion timed out.
    case dead
    /// It said good-bye.
    case left
}

/// One row of a view.
public struct Member: Hashable, Sendable {
    /// What it last said about itself.
    public let record: MemberRecord
    /// How it stands.
    public let status: MemberStatus
    /// The incarnation that the status is about; at least the record's.
    public let incarnation: Incarnation
    /// The newest version of the registry that it was heard to hold.
    public let registryVersion: UInt64

    /// A row as another member sent it.
    public init(record: MemberRecord, status: MemberStatus, incarnation: Incarnation, registryVersion: UInt64) {
        self.record = record
        self.status = status
        self.incarnation = incarnation
        self.registryVersion = registryVersion
    }
}
