import Consensus

extension Simulation {
    /// An operator changes who takes part: sometimes sensibly, sometimes not.
    mutating func change(_ choice: inout SplitMix64) {
        let leaders = replicas.indices.filter { replicas[$0].isUp && replicas[$0].group.isLeader }
        guard !leaders.isEmpty else { return }
        let leader = choice.pick(leaders)
        let configuration = replicas[leader].group.configuration
        let change = someChange(configuration, &choice)
        guard (try? replicas[leader].group.changeConfiguration(change, now: moment)) != nil else { return }
        // Impatient operators ask again at once, which is refused.
        let again = someChange(replicas[leader].group.configuration, &choice)
        try? replicas[leader].group.changeConfiguration(again, now: moment)
        if isTraced { record("\(replicas[leader].id) changes \(configuration) by \(change.steps)") }
        tally.changes += 1
        settle(leader)
    }

    private mutating func someChange(
        _ configuration: Configuration, _ choice: inout SplitMix64
    ) -> ConfigurationChange {
        var steps: [ConfigurationChange.Step] = []
        let learner = configuration.learners.isEmpty ? nil : choice.pick(configuration.learners)
        let voter = choice.pick(configuration.voters)
        switch choice.below(8) {
        case 0, 1:
            if replicas.count < 14, configuration.learners.count < 3 {
                addReplica(Configuration(voters: []))
                steps = [.addLearner(ReplicaID(UInt64(replicas.count)))]
            }
        case 2, 3: if let learner { steps = [.promote(learner)] }
        case 4, 5: if let learner { steps = [.promote(learner), .remove(voter)] }
        case 6: steps = configuration.voters.count > 1 ? [choice.below(2) == 0 ? .remove(voter) : .demote(voter)] : []
        default:
            // Several at once: every learner becomes a voter, and one or two voters go.
            steps = configuration.learners.map { .promote($0) } + [.remove(voter)]
            if let other = configuration.voters.first(where: { $0 != voter }) { steps.append(.remove(other)) }
        }
        return ConfigurationChange(steps)
    }
}
