extension Membership {
    /// These members' probes of `slot` failed while it was at `incarnation`. Starts a suspicion, or confirms the one
    /// there is. `isLastCall`: a suspicion of it has timed out elsewhere.
    mutating func suspect(
        _ slot: Int, at incarnation: Incarnation, by suspecters: [MemberID], isLastCall: Bool = false
    ) {
        let known = roster.entries[slot].incarnation
        guard incarnation >= known else { return }
        switch roster.entries[slot].standing {
        case .suspect(var suspicion) where incarnation == known:
            guard suspicion.confirm(by: suspecters) else { return }
            if suspecters.contains(own.id) { suspicion.notices = Limits.suspicionNotices }
            roster.updateSuspicion(slot) { $0 = suspicion }
        case .dead where incarnation == known, .left where incarnation == known: return
        case .alive, .suspect, .dead, .left:
            startSuspicion(slot, at: incarnation, by: suspecters, isLastCall: isLastCall)
        }
        rumors.enqueue(slot)
        suspects.refresh(from: roster)
    }

    private mutating func startSuspicion(
        _ slot: Int, at incarnation: Incarnation, by suspecters: [MemberID], isLastCall: Bool
    ) {
        var suspicion = Suspicion(
            by: suspecters, members: roster.liveCount, timeout: parameters.suspicionTimeout, at: clock,
            isLastCall: isLastCall)
        let isOwn = suspecters.contains(own.id)
        if isOwn { suspicion.notices = Limits.suspicionNotices }
        let wasLive = roster.entries[slot].standing.isLive
        roster.setStanding(slot, .suspect(suspicion), at: incarnation, using: &random)
        suspects.insert(slot)
        // Known as dead at an earlier incarnation: it has come back since, and only the news of that was missed.
        if !wasLive { effects.append(.event(.alive(roster.entries[slot].record))) }
        effects.append(.event(.suspected(roster.entries[slot].record.id)))
        if !isOwn { considerSecondOpinion(slot, expected: parameters.secondOpinions) }
    }

    /// Probes a suspect out of turn, by lot, so that about `expected` members do (all, in a small cluster). Round robin
    /// alone would take n periods to find the confirmations that a suspicion waits for.
    private mutating func considerSecondOpinion(_ slot: Int, expected: Int) {
        if random.chance(expected, in: max(roster.liveCount - 2, 1)) { startProbe(slot) }
    }

    /// Suspicions that are over, and those that should have been settled by now. The latter ask for more and more
    /// second opinions: whoever only missed the refutation asks the suspect itself before it may bury it.
    mutating func runSuspicions() {
        guard let earliest = suspects.earliest, clock >= earliest else { return }
        for slot in suspects.slots {
            guard let suspicion = roster.suspicion(slot) else { continue }
            if clock >= suspicion.deadline {
                tally.declaredDead += 1
                bury(slot, at: roster.entries[slot].incarnation)
            } else if clock >= suspicion.nextReview {
                var expected = parameters.secondOpinions
                for _ in 0..<suspicion.reviews { expected *= Parameters.secondOpinionGrowth }
                roster.updateSuspicion(slot) { $0.noteReview() }
                considerSecondOpinion(slot, expected: expected)
            }
        }
        suspects.refresh(from: roster)
    }

    /// The member is dead in this view from now on.
    mutating func bury(_ slot: Int, at incarnation: Incarnation) {
        endSuspicion(slot)
        roster.setStanding(slot, .dead(since: clock), at: incarnation, using: &random)
        rumors.enqueue(slot)
        effects.append(.event(.dead(roster.entries[slot].record.id)))
    }

    mutating func endSuspicion(_ slot: Int) {
        guard roster.suspicion(slot) != nil else { return }
        suspects.remove(slot)
        roster.setStanding(slot, .alive, at: roster.entries[slot].incarnation, using: &random)
        suspects.refresh(from: roster)
    }
}
