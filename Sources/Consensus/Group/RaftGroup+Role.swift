extension RaftGroup {
    /// The leader's state, to be changed in place; only while this replica leads.
    var leader: Leader {
        get {
            guard case .leader(let leader) = role else { preconditionFailure("only a leader has followers") }
            return leader
        }
        _modify {
            guard case .leader(var leader) = role else { preconditionFailure("only a leader has followers") }
            // Moved out, so that the arrays inside have one owner while they change.
            role = .follower(Follower(lastContact: .zero, patience: .zero, electionDeadline: .zero))
            defer { role = .leader(leader) }
            yield &leader
        }
    }

    /// Whether this replica leads.
    public var isLeader: Bool {
        if case .leader = role { return true }
        return false
    }

    /// The leader of the present term, if this replica knows one; itself included.
    public var leaderID: ReplicaID? {
        switch role {
        case .leader: id
        case .follower(let follower): follower.leader
        case .preCandidate, .candidate: nil
        }
    }

    /// Whether this replica may be elected: a voter, with nothing unapplied that could say otherwise.
    ///
    /// An entry that ends a joint phase is sent only after the entry that began it was committed, and together with
    /// that news. So a replica that holds the former knows that the latter is committed, and must apply it before it
    /// may count votes: otherwise it would count them by a configuration that is two steps old.
    var isPromotable: Bool {
        guard configuration.isVoter(id), installing == nil else { return false }
        if mutations.contains(.campaignWithUnappliedChange) { return true }
        guard let first = unappliedConfigurations.first else { return true }
        return first > commit
    }

    /// Whether no other replica's vote is ever needed.
    var isOnlyVoter: Bool { !configuration.isJoint && configuration.voters.count == 1 && configuration.voters[0] == id }

    mutating func makeFollower(leader: ReplicaID?, now: Duration) -> Follower {
        let patience = settings.electionTimeout.randomlyStretched(using: &random)
        return Follower(leader: leader, lastContact: now, patience: patience, electionDeadline: now + patience)
    }

    /// Follows in `term`, which is not before the present one. A leader drops what only a leader can finish.
    mutating func becomeFollower(term newTerm: Term, leader: ReplicaID?, now: Duration) {
        if newTerm > term {
            term = newTerm
            vote = nil
            hardStateChanged()
        }
        if case .leader(let old) = role { refuseReads(of: old) }
        role = .follower(makeFollower(leader: leader, now: now))
    }

    mutating func hardStateChanged() {
        durability.isDirty = true
        durability.termGate = durability.gate
    }

    /// Ends the process if `condition` does not hold. With a deliberate fault it takes a note instead, so that the
    /// tests can count it as found.
    mutating func invariant(_ condition: Bool, _ name: StaticString) -> Bool {
        if condition { return true }
        precondition(!mutations.isEmpty, "\(name)")
        if broken == nil { broken = "\(name)" }
        return false
    }
}

extension Duration {
    /// A duration between this one and twice this one.
    func randomlyStretched(using random: inout SplitMix64) -> Duration {
        let (seconds, attoseconds) = components
        let nanoseconds = UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
        return self + .nanoseconds(Int64(nanoseconds == 0 ? 0 : random.next() % nanoseconds))
    }
}
