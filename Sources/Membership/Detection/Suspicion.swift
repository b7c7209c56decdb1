/// One suspicion, its confirmations and its clock (Lifeguard, IV-B: the more members come to suspect on their own,
/// the sooner the suspicion ends in death).
struct Suspicion {
    /// Whose probes failed, the first one first; 1 to ``Limits/suspecters``.
    private(set) var suspecters: [MemberID]
    /// Confirmations that shorten it to `shortest`: as many as there are others to ask, at most
    /// ``Parameters/confirmations``.
    let wanted: Int
    let shortest: Duration
    /// When it began, put off by the time that this member itself stood still.
    private(set) var started: Duration
    /// Reviews so far: each asks for more second opinions.
    private(set) var reviews = 0
    /// Notices still to be sent to the suspect; only who suspects by its own probe sends any.
    var notices = 0

    /// Somebody's suspicion has timed out already: what is left is a last shortest time to refute.
    private let isLastCall: Bool

    /// `members`: SWIM's n, with the suspect and this member.
    init(by suspecters: [MemberID], members: Int, timeout: Duration, at now: Duration, isLastCall: Bool = false) {
        self.isLastCall = isLastCall
        self.suspecters = []
        wanted = min(Parameters.confirmations, max(members - 2, 0))
        shortest = timeout * max(1, Logarithm.decimal(members))
        started = now
        confirm(by: suspecters)
    }

    /// When it ends in death: started + longest - (longest - shortest) * log(c + 1) / log(k + 1).
    var deadline: Duration {
        if isLastCall { return started + shortest }
        let spread = Parameters.suspicionSpread
        guard wanted > 0 else { return started + shortest * Parameters.unconfirmableSpread }
        let confirmations = min(suspecters.count - 1, wanted)
        let share = Logarithm.decimal(confirmations + 1) / Logarithm.decimal(wanted + 1)
        return started + shortest * (Double(spread) - Double(spread - 1) * share)
    }

    /// When to ask for further second opinions: it should have been settled by then.
    var nextReview: Duration { started + shortest * (reviews + 1) }

    /// Adds those not yet counted; true if there were any that still count.
    @discardableResult
    mutating func confirm(by others: [MemberID]) -> Bool {
        let before = suspecters.count
        for other in others where suspecters.count < Limits.suspecters && !suspecters.contains(other) {
            suspecters.append(other)
        }
        return suspecters.count > before
    }

    mutating func noteReview() { reviews += 1 }

    mutating func putOff(by lost: Duration) { started += lost }
}
