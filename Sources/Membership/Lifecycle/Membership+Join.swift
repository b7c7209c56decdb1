extension Membership {
    /// Joins a cluster through any of `addresses`; asks a few at a time until one answers, for ever. Also the way back
    /// after ``leave(now:)``. Replaces the seeds given before. Ends with ``Event/joined``.
    ///
    /// Throws ``MembershipError/seedCount(_:)`` for none or more than ``Limits/seeds``.
    public mutating func join(through addresses: [PeerAddress], now: Duration) throws(MembershipError) -> [Effect] {
        guard (1...Limits.seeds).contains(addresses.count) else { throw .seedCount(addresses.count) }
        begin(now)
        seeds = addresses
        if phase.isDeparting {
            timers = Timers(from: clock, parameters: parameters, random: &random)
            phase = .active
            var record = own
            record.incarnation = own.incarnation.next
            speak(record)
        }
        phase = .joining(attempts: 0, retryAt: clock)
        return finish()
    }

    mutating func runJoining() {
        guard case .joining(let attempts, let retryAt) = phase, clock >= retryAt else { return }
        let delay = min(parameters.joinRetry * (1 << min(attempts, 10)), parameters.joinRetryCeiling)
        // Half of the delay is random: members started together must not ask the seeds in step.
        phase = .joining(attempts: attempts + 1, retryAt: clock + delay / 2 + random.duration(below: delay / 2))
        var candidates = seeds
        for _ in 0..<min(Limits.seedsAtOnce, candidates.count) {
            let seed = candidates.remove(at: random.index(below: candidates.count))
            if seed != own.address { offer(to: seed, joining: true) }
        }
    }

    mutating func noteJoined() {
        guard case .joining = phase else { return }
        phase = .active
        effects.append(.event(.joined))
    }
}
