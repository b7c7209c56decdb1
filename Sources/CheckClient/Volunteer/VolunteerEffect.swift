/// A call that a volunteer wants made.
package enum VolunteerCall: Hashable, Sendable {
    case register
    case listLeases
    case lease(LeaseRequest, key: String)
    case renew(lease: String)
    case report(lease: String, Report)
    case giveBack(lease: String)
}

/// What a volunteer wants done.
package enum VolunteerEffect: Hashable, Sendable {
    /// Make a call and tell how it ended.
    case call(CallID, VolunteerCall)
    /// Begin a session of the checker for a lease.
    case open(lease: String)
    /// Hand users to the lease's session.
    case hand(lease: String, [UserReference])
    /// The lease's session gets no more users.
    case close(lease: String)
    /// End the lease's session: its results no longer count.
    case abandon(lease: String)
    /// Come back at this time with ``VolunteerInput/wake``; a later effect of this kind replaces it.
    case wake(at: Double)
    /// Tell the person who runs the volunteer.
    case say(VolunteerNotice)
    /// It is over.
    case finished(VolunteerOutcome)
}

/// How a volunteer ended.
package enum VolunteerOutcome: Hashable, Sendable {
    /// It was asked to.
    case stopped
    /// It cannot go on: what, why, what to do.
    case failed(String)
}
