extension Membership {
    /// Says good-bye. Ends with ``Event/departed``, after ``Parameters/leaveTimeout`` at the latest; until then the
    /// member still answers. A second call changes nothing.
    public mutating func leave(now: Duration) -> [Effect] {
        begin(now)
        if !phase.isDeparting {
            phase = .leaving(until: clock + parameters.leaveTimeout)
            probes.removeAll()
            roster.setStanding(Roster.own, .left(since: clock), at: own.incarnation, using: &random)
            rumors.enqueue(Roster.own)
        }
        return finish()
    }

    mutating func runLeaving() {
        guard case .leaving(let until) = phase else { return }
        guard clock >= until || roster.order.count == 0 || !rumors.contains(Roster.own) else { return }
        phase = .left
        rumors.removeAll()
        relayed.removeAll()
        effects.append(.event(.departed))
    }
}
