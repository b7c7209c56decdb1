/// What one replica says to another.
///
/// Messages may be lost, delayed, repeated and reordered. They are for the replica `to` and no other: one that reaches
/// a different replica is ignored, so that a late message to a removed replica never creates or revives anything.
public struct Message: Hashable, Sendable {
    /// Who says it.
    public let from: ReplicaID
    /// To whom.
    public let to: ReplicaID
    /// The sender's term; for a pre-vote request and a granted pre-vote the term that the election would have.
    public let term: Term
    /// What is said.
    public let body: Body

    /// A message as it was received.
    public init(from: ReplicaID, to: ReplicaID, term: Term, body: Body) {
        self.from = from
        self.to = to
        self.term = term
        self.body = body
    }

    /// The kinds of messages.
    public enum Body: Hashable, Sendable {
        /// "Would you vote for me?" Changes nothing at the receiver (Ongaro's thesis, section 9.6).
        case preVoteRequest(VoteRequest)
        /// The answer to that. A refusal carries the refuser's own term. `commit` is what the sender knows to be
        /// committed: one that is refused and holds that entry knows it then, too.
        case preVote(granted: Bool, commit: LogMark)
        /// "Vote for me in this term."
        case voteRequest(VoteRequest)
        /// The answer to that.
        case vote(granted: Bool, commit: LogMark)
        /// Entries that follow `previous`; without entries a probe, or news about commitment.
        case append(Append)
        /// "My log is the same as yours through this index, on disk."
        case appendAccepted(through: LogIndex)
        /// "I do not hold what your append follows."
        case appendRejected(AppendRejection)
        /// "I lead." `round` numbers the leader's quorum rounds for reads; the answer repeats it.
        case heartbeat(commit: LogIndex, round: UInt64)
        /// "I follow you."
        case heartbeatAnswer(round: UInt64)
        /// "You lead a term that is over." Frees a replica that is ahead in terms but cannot win (check-quorum and
        /// pre-vote would otherwise keep it out for ever).
        case superseded
        /// "Campaign now, without a pre-vote": the end of a leadership transfer (thesis, section 3.10).
        case campaignNow
        /// "The snapshot that you were sent is complete at your side; install it."
        case snapshot(Snapshot)
    }

    /// What a candidate shows.
    public struct VoteRequest: Hashable, Sendable {
        /// Where its log ends.
        public let last: LogMark
        /// Whether the present leader asked for this election, so that loyalty to it does not count.
        public let isTransfer: Bool
        /// What it knows to be committed: whoever holds that entry knows it then, too.
        public let commit: LogMark

        /// A request as it was received.
        public init(last: LogMark, isTransfer: Bool, commit: LogMark) {
            self.last = last
            self.isTransfer = isTransfer
            self.commit = commit
        }
    }

    /// A piece of the leader's log.
    public struct Append: Hashable, Sendable {
        /// The place that `entries` follow.
        public let previous: LogMark
        /// Consecutive entries; may be empty.
        public let entries: [Entry]
        /// What the leader knows to be committed.
        public let commit: LogIndex

        /// An append as it was received.
        public init(previous: LogMark, entries: [Entry], commit: LogIndex) {
            self.previous = previous
            self.entries = entries
            self.commit = commit
        }
    }

    /// Why an append did not fit, with what the leader needs to find the fork quickly.
    public struct AppendRejection: Hashable, Sendable {
        /// The index that the append wanted to follow.
        public let index: LogIndex
        /// The last place at which the logs may agree, as far as the follower can tell.
        public let hint: LogMark

        /// A rejection as it was received.
        public init(index: LogIndex, hint: LogMark) {
            self.index = index
            self.hint = hint
        }
    }
}
