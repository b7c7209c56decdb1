extension Configuration {
    /// The configuration that starts `change` from this one: joint if voters change. Whether learners are caught up is
    /// the leader's to say.
    func applying(_ change: ConfigurationChange) throws(ConfigurationChangeError) -> Configuration {
        var voters = self.voters
        var learners = self.learners
        var nextLearners: [ReplicaID] = []
        guard !change.steps.isEmpty else { throw .malformed }
        for (position, step) in change.steps.enumerated() {
            let id = step.replica
            if change.steps[..<position].contains(where: { $0.replica == id }) { throw .malformed }
            switch step {
            case .addLearner:
                if contains(id) { throw .alreadyPresent(id) }
                learners.append(id)
            case .promote:
                guard isLearner(id) else { throw contains(id) ? .notLearner(id) : .unknown(id) }
                learners.removeAll { $0 == id }
                voters.append(id)
            case .demote:
                guard isVoter(id) else { throw contains(id) ? .notVoter(id) : .unknown(id) }
                voters.removeAll { $0 == id }
                nextLearners.append(id)
            case .remove:
                guard contains(id) else { throw .unknown(id) }
                voters.removeAll { $0 == id }
                learners.removeAll { $0 == id }
            }
        }
        if voters.isEmpty { throw .noVoters }
        if voters.count > Limits.voters { throw .tooMany(limit: Limits.voters) }
        if voters.count + learners.count + nextLearners.count > Limits.replicas {
            throw .tooMany(limit: Limits.replicas)
        }
        voters.sort()
        let isSame = voters == self.voters
        return Configuration(
            voters: voters, outgoing: isSame ? [] : self.voters, learners: learners, nextLearners: nextLearners)
    }
}
