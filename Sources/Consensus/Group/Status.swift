/// A group as its replica sees it, for operators, dashboards and decisions outside of consensus.
public struct Status: Hashable, Sendable {
    /// What this replica is at present.
    public let role: Role
    /// Its term.
    public let term: Term
    /// The leader of that term, if it knows one (itself included).
    public let leader: ReplicaID?
    /// What it knows to be committed.
    public let commit: LogIndex
    /// What it has applied.
    public let applied: LogIndex
    /// The end of its log.
    public let lastIndex: LogIndex
    /// The end of the compacted prefix.
    public let base: LogMark
    /// The configuration that counts (the last one applied).
    public let configuration: Configuration
    /// Whether a change of configuration is under way: proposed, joint, or (on a leader) not known to a quorum to be
    /// over. Switch a removed replica off only after a leader of the new configuration says that this is over.
    public let isChanging: Bool
    /// Whether this is a leader that has applied an entry of its own term, so that changes and reads may start.
    public let isEstablished: Bool
    /// To whom leadership is being handed.
    public let transferee: ReplicaID?
    /// On a leader: every replica including itself, in order of their ids. Empty elsewhere.
    public let followers: [FollowerStatus]

    /// The four roles.
    public enum Role: Hashable, Sendable {
        /// Follows a leader or waits for one; learners are always followers.
        case follower
        /// Asks whether an election would be won.
        case preCandidate
        /// Asks for votes.
        case candidate
        /// Leads.
        case leader
    }
}

/// What a leader knows of one replica.
public struct FollowerStatus: Hashable, Sendable {
    /// Which one.
    public let id: ReplicaID
    /// Up to where its log is known to be the same as the leader's, on its disk.
    public let match: LogIndex
    /// Whether it learns only.
    public let isLearner: Bool
    /// Whether it has reached the commit index of a previous round within one election timeout (thesis, section 4.2.1).
    public let isCaughtUp: Bool
    /// Whether it was heard within the last election timeout.
    public let isActive: Bool
    /// Whether it waits for a snapshot.
    public let needsSnapshot: Bool
}
