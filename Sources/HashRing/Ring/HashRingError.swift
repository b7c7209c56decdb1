/// Why no ring can be made of the values given.
public enum HashRingError: Error, Hashable, Sendable {
    /// The number of shards is not in `1...1024`.
    case invalidShardCount(Int)
    /// The number of replicas is not in `1...7`.
    case invalidReplicationFactor(Int)
    /// There are more members than a ring can have.
    case tooManyMembers(Int)
    /// Two members have the same identity.
    case repeatedMember(NodeID)
    /// A member's weight is not in `1...1000`.
    case invalidWeight(NodeID, Int)
    /// The name of a member's zone is longer than 64 bytes.
    case zoneTooLong(NodeID)
}
