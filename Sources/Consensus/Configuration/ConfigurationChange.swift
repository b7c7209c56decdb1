/// A change of who takes part: one or several steps that take effect together.
///
/// A change of voters goes through a joint phase, which the leader ends by itself. A change of learners alone touches
/// no quorum and takes effect at once when it is applied.
public struct ConfigurationChange: Hashable, Sendable {
    /// What is to change; at most one step per replica.
    public let steps: [Step]

    /// A change of several steps.
    public init(_ steps: [Step]) { self.steps = steps }

    /// A change of one step.
    public init(_ step: Step) { steps = [step] }

    /// One part of a change.
    public enum Step: Hashable, Sendable {
        /// A replica that is not part of the group begins to learn.
        case addLearner(ReplicaID)
        /// A learner that is caught up becomes a voter.
        case promote(ReplicaID)
        /// A voter becomes a learner.
        case demote(ReplicaID)
        /// A voter or learner leaves; its id is never used again.
        case remove(ReplicaID)

        /// Whom the step is about.
        public var replica: ReplicaID {
            switch self {
            case .addLearner(let id), .promote(let id), .demote(let id), .remove(let id): id
            }
        }
    }
}

/// Why a configuration cannot change now, or not in this way. Nothing was appended.
public enum ConfigurationChangeError: Error, Hashable, Sendable {
    /// This replica does not lead; `hint` may.
    case notLeader(hint: ReplicaID?)
    /// The leader has not yet applied an entry of its own term, so it may not know the latest configuration.
    case notEstablished
    /// Another change is not finished.
    case changing
    /// Leadership is being handed to another replica.
    case transferring(to: ReplicaID)
    /// The change has no steps, or two for the same replica.
    case malformed
    /// The replica takes part already.
    case alreadyPresent(ReplicaID)
    /// The replica does not take part.
    case unknown(ReplicaID)
    /// The replica is not a learner.
    case notLearner(ReplicaID)
    /// The replica is not a voter.
    case notVoter(ReplicaID)
    /// The learner is too far behind to vote.
    case notCaughtUp(ReplicaID)
    /// Nobody would be left to vote.
    case noVoters
    /// There would be more voters or replicas than the limits allow.
    case tooMany(limit: Int)
}
