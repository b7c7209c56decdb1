extension Membership {
    /// This member itself stood still (a paused process, a suspended machine): time it did not live through proves
    /// nothing about others, whose answers and refutations may lie unread in its socket. Every clock that judges
    /// somebody is put off by what was lost and a little more. (Cassandra's failure detector has the same guard
    /// against a local pause; Lifeguard covers it only by the health score.)
    mutating func forgive(_ lost: Duration) {
        tally.stalls += 1
        health.learn(.stalled)
        let extra = lost + parameters.stallGrace
        for index in probes.indices { probes[index].putOff(by: extra) }
        for slot in suspects.slots { roster.updateSuspicion(slot) { $0.putOff(by: extra) } }
        suspects.refresh(from: roster)
    }
}
