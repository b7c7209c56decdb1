/// Why leadership cannot be handed over.
public enum TransferError: Error, Hashable, Sendable {
    /// This replica does not lead; `hint` may.
    case notLeader(hint: ReplicaID?)
    /// Only a voter of the configuration can take over.
    case notVoter(ReplicaID)
    /// It leads already.
    case alreadyLeader
    /// A hand-over to another replica is under way.
    case transferring(to: ReplicaID)
}
