extension Membership {
    /// Tries a few of the dead in turn, and one seed that nobody answers for: a partition may have healed, and then
    /// nobody else would ever speak to the other side again. The ping carries the bad name, so a living receiver refutes
    /// it; one contact is enough, the rest follows from the comparison of views.
    mutating func reconnect() {
        timers.reconnect = clock + parameters.reconnectInterval
        forgetOld()
        guard !phase.isDeparting else { return }
        for slot in roster.nextDead(Parameters.reconnectFanout) {
            let target = roster.entries[slot].record.id
            send(.ping(nextSequence(), target: target, digest: roster.digest), to: slot)
        }
        if case .active = phase, let seed = lonelySeed() { offer(to: seed, joining: false) }
    }

    /// A seed at whose address no live member is, at random.
    private mutating func lonelySeed() -> PeerAddress? {
        guard !seeds.isEmpty else { return nil }
        let seed = seeds[random.index(below: seeds.count)]
        let answered = roster.order.slots.contains { roster.entries[$0].record.address == seed }
        return answered || seed == own.address ? nil : seed
    }

    /// Forgets who has been dead or gone for ``Parameters/deadRetention``.
    private mutating func forgetOld() {
        for slot in roster.entries.indices where slot != Roster.own && roster.holds(slot) {
            switch roster.entries[slot].standing {
            case .alive, .suspect: continue
            case .dead(let since), .left(let since):
                if clock - since >= parameters.deadRetention { forget(slot) }
            }
        }
    }
}
