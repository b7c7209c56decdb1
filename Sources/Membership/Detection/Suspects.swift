/// Which members are suspect, and when the first of their suspicions needs attention. The suspicions themselves are
/// in the roster.
struct Suspects {
    /// Their slots, the longest suspected first.
    private(set) var slots: [Int] = []
    /// When the first of them times out or is due for a review.
    private(set) var earliest: Duration?
    /// Whether a suspect is still to be told that it is one.
    private(set) var owesNotices = false

    mutating func insert(_ slot: Int) {
        if !slots.contains(slot) { slots.append(slot) }
    }

    mutating func remove(_ slot: Int) {
        slots.removeAll { $0 == slot }
    }

    /// To be called after a suspicion began, changed or ended. O(suspects).
    mutating func refresh(from roster: Roster) {
        earliest = nil
        owesNotices = false
        for slot in slots {
            guard let suspicion = roster.suspicion(slot) else { continue }
            let due = min(suspicion.deadline, suspicion.nextReview)
            earliest = earliest.map { min($0, due) } ?? due
            if suspicion.notices > 0 { owesNotices = true }
        }
    }

    /// The suspects to be told now.
    mutating func takeNotices(in roster: inout Roster) -> [Int] {
        guard owesNotices else { return [] }
        let told = slots.filter { (roster.suspicion($0)?.notices ?? 0) > 0 }
        for slot in told { roster.updateSuspicion(slot) { $0.notices -= 1 } }
        owesNotices = told.contains { (roster.suspicion($0)?.notices ?? 0) > 0 }
        return told
    }
}
