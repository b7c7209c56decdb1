/// Who takes part in a group, and how.
///
/// While `outgoing` is not empty the group is *joint*: elections and commits need a majority of `voters` and a majority
/// of `outgoing` (Raft, section 6). All lists are sorted and without duplicates.
public struct Configuration: Hashable, Sendable {
    /// Those who vote; in the joint phase those who will.
    public let voters: [ReplicaID]
    /// In the joint phase: those who voted before.
    public let outgoing: [ReplicaID]
    /// Those who are sent the log and do not count.
    public let learners: [ReplicaID]
    /// In the joint phase: voters of `outgoing` that become learners when it ends.
    public let nextLearners: [ReplicaID]

    /// A configuration; the lists are sorted here.
    public init(
        voters: [ReplicaID], outgoing: [ReplicaID] = [], learners: [ReplicaID] = [], nextLearners: [ReplicaID] = []
    ) {
        self.voters = voters.sorted()
        self.outgoing = outgoing.sorted()
        self.learners = learners.sorted()
        self.nextLearners = nextLearners.sorted()
    }

    /// Whether two majorities are needed.
    public var isJoint: Bool { !outgoing.isEmpty }

    /// Whether `id` votes in either half.
    public func isVoter(_ id: ReplicaID) -> Bool { voters.contains(id) || outgoing.contains(id) }

    /// Whether `id` learns and does not vote.
    public func isLearner(_ id: ReplicaID) -> Bool { learners.contains(id) }

    /// Whether `id` takes part at all.
    public func contains(_ id: ReplicaID) -> Bool { isVoter(id) || isLearner(id) }

    /// Everyone who is sent the log, in order of the ids.
    public var replicas: [ReplicaID] {
        var all = voters
        for id in outgoing where !all.contains(id) { all.append(id) }
        for id in learners where !all.contains(id) { all.append(id) }
        return all.sorted()
    }

    /// What the joint phase leads to; itself if it is not joint.
    package var settled: Configuration {
        isJoint ? Configuration(voters: voters, learners: learners + nextLearners) : self
    }
}

extension Configuration: CustomStringConvertible {
    /// As in `(1 2 4)&&(1 2 3) learners (5)`.
    public var description: String {
        func list(_ ids: [ReplicaID]) -> String { "(" + ids.map(\.description).joined(separator: " ") + ")" }
        var text = list(voters)
        if isJoint { text += "&&" + list(outgoing) }
        if !learners.isEmpty { text += " learners " + list(learners) }
        if !nextLearners.isEmpty { text += " next " + list(nextLearners) }
        return text
    }
}
