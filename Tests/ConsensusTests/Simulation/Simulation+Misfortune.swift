import Consensus

extension Simulation {
    mutating func partition(_ choice: inout SplitMix64) {
        let side = UInt32(truncatingIfNeeded: choice.next())
        cutOff(side)
    }

    mutating func cutLink(_ choice: inout SplitMix64) {
        let from = choice.below(replicas.count)
        cut[from] |= 1 << UInt32(choice.below(replicas.count))
    }

    /// A message for another replica, or from nobody, reaches a replica.
    mutating func misdirect(_ choice: inout SplitMix64) {
        let victim = choice.below(replicas.count)
        guard replicas[victim].isUp else { return }
        let group = replicas[victim].group
        let isStranger = choice.below(2) == 0
        let from = isStranger ? ReplicaID(99) : replicas[choice.below(replicas.count)].id
        let to = isStranger ? group.id : ReplicaID(98)
        let body: Message.Body
        var term = group.term
        switch choice.below(4) {
        case 0: body = .appendAccepted(through: group.log.last)
        case 1: body = .vote(granted: true, commit: .zero)
        case 2: body = .heartbeatAnswer(round: 1_000_000)
        default:
            body = .preVote(granted: true, commit: .zero)
            term = group.term.next
        }
        if isTraced { record("\(to) <- \(from) \(body), reaching \(group.id)") }
        replicas[victim].group.receive(Message(from: from, to: to, term: term, body: body), now: moment)
        settle(victim)
    }

    mutating func rivals(_ choice: inout SplitMix64) {
        // Whoever has just voted, and may have nothing else to remember it by, goes first.
        for replica in replicas.indices where replicas[replica].isUp {
            let group = replicas[replica].group
            guard let vote = group.vote, vote != group.id, group.leaderID == nil, choice.below(2) == 0 else { continue }
            crash(replica, losesPower: false, &choice)
        }
        campaign(choice.below(replicas.count))
        campaign(choice.below(replicas.count))
        if choice.below(2) == 0 { campaign(choice.below(replicas.count)) }
        if choice.below(2) == 0 { crashOne(&choice) }
    }

    mutating func isolateLeader(_ choice: inout SplitMix64) {
        guard let leader = someLeader(&choice) else { return }
        cutOff(1 << UInt32(leader))
        for replica in replicas.indices where replica != leader { campaign(replica) }
    }

    /// Those who leave by the latest configuration that anyone knows, on one side; those who stay or join, on the other.
    mutating func splitHalves() {
        for replica in replicas where replica.isUp {
            guard let configuration = latestConfiguration(of: replica), configuration.isJoint else { continue }
            var side: UInt32 = 0
            for id in configuration.outgoing where !configuration.voters.contains(id) {
                side |= 1 << UInt32(id.rawValue - 1)
            }
            // Someone who is in both halves makes it two ways to be right.
            if let shared = configuration.voters.first(where: { configuration.outgoing.contains($0) }) {
                side |= 1 << UInt32(shared.rawValue - 1)
            }
            cutOff(side)
            return
        }
    }

    private func latestConfiguration(of replica: SimulatedReplica) -> Configuration? {
        if let index = replica.group.unappliedConfigurations.last,
            case .configuration(let configuration)? = replica.group.log.entry(at: index)?.payload
        {
            return configuration
        }
        return replica.group.configuration
    }

    private mutating func cutOff(_ side: UInt32) {
        if isTraced { record("cut off \(String(side & ((1 << UInt32(replicas.count)) - 1), radix: 2))") }
        for replica in cut.indices {
            cut[replica] = side & (1 << UInt32(replica)) == 0 ? side : ~side
        }
    }
}
