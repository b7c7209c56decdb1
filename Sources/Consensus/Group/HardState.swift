/// What a replica must remember over a restart besides its log (Raft, figure 2, "persistent state").
public struct HardState: Hashable, Sendable {
    /// The latest term it has seen.
    public var term: Term
    /// Whom it voted for in that term.
    public var vote: ReplicaID?
    /// An index up to which entries are known to be committed. A hint: it may lag behind, by any amount, but it is
    /// written along with entries, so that a durable entry never outruns what its leader had told about commitment.
    public var commit: LogIndex

    /// A hard state as it is to be written or was read.
    public init(term: Term = .none, vote: ReplicaID? = nil, commit: LogIndex = .zero) {
        self.term = term
        self.vote = vote
        self.commit = commit
    }
}
