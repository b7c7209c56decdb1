/// Why a command was not accepted. Nothing was appended; another try, possibly elsewhere, is safe.
public enum ProposalError: Error, Hashable, Sendable {
    /// This replica does not lead; `hint` may.
    case notLeader(hint: ReplicaID?)
    /// Too much is accepted and not yet applied.
    case overloaded
    /// Leadership is being handed to another replica.
    case transferring(to: ReplicaID)
    /// The command is larger than `limit` bytes.
    case tooLarge(limit: Int)
}
