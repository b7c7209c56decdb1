extension Membership {
    /// What others say about this member. What is not so is answered at once with its own record, to the one who said
    /// it, and refuted to all if that takes a new incarnation (SWIM, section 4.2).
    mutating func hearAboutSelf(_ rumor: Rumor) {
        guard !phase.isDeparting else {
            // Whoever takes it for alive or suspect learns that it is leaving.
            if case .left = rumor {} else { ownRecordWanted = true }
            return
        }
        switch rumor {
        case .alive(let record):
            // Another content under this incarnation, or a later one: this member restarted and has forgotten it.
            guard record.incarnation >= own.incarnation, record != own else { return }
            effects.append(.event(.contested(record)))
            // Two processes under one identity would outbid each other as fast as the network allows.
            guard clock >= timers.contest else { return }
            timers.contest = clock + parameters.gossipInterval
            refute(record.incarnation)
        case .suspect(_, let incarnation, _), .dead(_, let incarnation), .left(_, let incarnation):
            if incarnation >= own.incarnation {
                health.learn(.refuted)
                refute(incarnation)
            }
        }
        ownRecordWanted = true
    }

    private mutating func refute(_ incarnation: Incarnation) {
        tally.refutations += 1
        var record = own
        record.incarnation = incarnation.next
        speak(record)
    }

    /// This member says something new about itself.
    mutating func speak(_ record: MemberRecord) {
        roster.replaceRecord(Roster.own, with: record)
        roster.setStanding(Roster.own, .alive, at: record.incarnation, using: &random)
        rumors.enqueue(Roster.own)
    }
}
