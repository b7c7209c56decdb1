import Consensus
import HashRing

// Whoever waits for nodes that are not heard is told within a second: long before links are given up or leaders make way.

extension NodeState {
    /// A leader that hears no quorum can commit nothing: what waits for it is told so. It goes on leading until consensus says
    /// otherwise, since the others may be heard again in a moment.
    mutating func noteSilence(at position: Int) {
        guard isSilent(position), groups[position].leads else { return }
        loseProposed(at: position)
        var proposals: [HostedGroup.Proposal] = []
        swap(&proposals, &groups[position].unproposed)
        let questions = groups[position].unread + groups[position].reading.flatMap(\.questions)
        groups[position].unread = []
        groups[position].reading = []
        for proposal in proposals { lose(proposal, .noLeader) }
        for question in questions { lose(question, .noLeader) }
    }

    /// Whether those who must be heard for the group to be of use have been silent for too long.
    func isSilent(_ position: Int) -> Bool {
        guard let silence = groups[position].raft?.silence(now: now.monotonic) else { return false }
        return silence > Limits.silence
    }

    /// Something is asked of the group's leader, which is another node: for a while it is watched whether that is heard.
    mutating func watchLeader(of position: Int) {
        guard groups[position].raft != nil else { return }
        groups[position].asked = now.monotonic
        guard !groups[position].isWatched else { return }
        groups[position].isWatched = true
        timers.add(.watch(groups[position].key), due: now.monotonic + Limits.silenceGrain)
    }

    /// Looks whether the leader that was asked is still heard. If not, nobody knows what becomes of what it was asked.
    mutating func lookAtLeader(of key: GroupKey) {
        guard let position = position(of: key) else { return }
        groups[position].isWatched = false
        guard let node = routes.leader(of: position), node != identity.node, !groups[position].leads else { return }
        if isSilent(position) {
            routes.forget(node, of: position)
            for call in calls.takeForGroups(at: node) { lose(call) }
            effects.append(.silent(node))
        } else if now.monotonic - groups[position].asked < Limits.callTimeout {
            groups[position].isWatched = true
            timers.add(.watch(key), due: now.monotonic + Limits.silenceGrain)
        }
    }
}
