/// What a replica is at present, with what it needs to know for it.
package enum Role: Sendable {
    case follower(Follower)
    case preCandidate(Candidate)
    case candidate(Candidate)
    case leader(Leader)
}

/// A replica that waits: for its leader's next word, or for the time to campaign.
package struct Follower: Sendable {
    /// Whom it follows, if it knows.
    package var leader: ReplicaID?
    /// When it last heard from that leader.
    package var lastContact: Duration
    /// How long it waits this time.
    package var patience: Duration
    /// When it campaigns.
    package var electionDeadline: Duration
    /// The leader asked it to take over, but a configuration has to be applied first.
    package var campaignsWhenApplied = false
}

/// A replica that asks for votes, or asks whether it would get them.
package struct Candidate: Sendable {
    /// Who granted, itself included once its own vote is on disk.
    package var granted: [ReplicaID] = []
    /// Who refused.
    package var refused: [ReplicaID] = []
    /// When it gives up and asks again.
    package var deadline: Duration
}
