extension Membership {
    /// The period's own probe: the next member in the shuffled round.
    mutating func probeNext() {
        timers.probe = clock + health.scale(parameters.protocolPeriod)
        guard !phase.isDeparting, let slot = roster.nextToProbe(using: &random) else { return }
        startProbe(slot)
    }

    /// Probes a member out of turn, because something else (a closed connection, say) hints that it is gone.
    /// Nothing happens when it is not known or not live.
    public mutating func verify(_ id: MemberID, now: Duration) -> [Effect] {
        begin(now)
        if !phase.isDeparting, let slot = roster.slot(of: id), slot != Roster.own,
            roster.entries[slot].standing.isLive
        {
            startProbe(slot)
        }
        return finish()
    }

    /// Pings a member, unless a probe of it is under way or too many are.
    mutating func startProbe(_ slot: Int) {
        let target = roster.entries[slot].record.id
        guard probes.count < Limits.probes, !probes.contains(where: { $0.target == target }) else { return }
        tally.probes += 1
        let sequence = nextSequence()
        let timeout = clock + health.scale(parameters.probeTimeout)
        probes.append(Probe(sequence: sequence, target: target, stage: .direct(until: timeout)))
        send(.ping(sequence, target: target, digest: roster.digest), to: slot)
    }

    mutating func nextSequence() -> ProbeSequence {
        lastSequence &+= 1
        return ProbeSequence(rawValue: lastSequence)
    }

    /// Moves on the probes whose time is up.
    mutating func runProbes() {
        var index = 0
        while index < probes.count {
            let probe = probes[index]
            guard clock >= probe.deadline else {
                index += 1
                continue
            }
            switch probe.stage {
            case .direct:
                probes[index].stage = askRelays(for: probe)
                index += 1
            case .indirect(_, let asked, let nacks):
                probes.remove(at: index)
                fail(probe, silentRelays: asked > 0 ? asked - nacks : nil)
            }
        }
    }

    private mutating func askRelays(for probe: Probe) -> Probe.Stage {
        let until = probe.deadline + health.scale(parameters.probeDeadline - parameters.probeTimeout)
        guard let target = roster.slot(of: probe.target) else { return .indirect(until: until, asked: 0, nacks: 0) }
        let entries = roster.entries
        let relays = roster.peers(parameters.relays, using: &random) { slot in
            slot != target && entries[slot].standing.status == .alive
        }
        let request = Message.pingRequest(
            probe.sequence, target: probe.target, address: roster.entries[target].record.address)
        for relay in relays { send(request, to: relay) }
        return .indirect(until: until, asked: relays.count, nacks: 0)
    }

    private mutating func fail(_ probe: Probe, silentRelays: Int?) {
        tally.failedProbes += 1
        health.learn(silentRelays.map { .probeFailed(silentRelays: $0) } ?? .probeFailedAlone)
        guard let slot = roster.slot(of: probe.target), roster.entries[slot].standing.isLive else { return }
        suspect(slot, at: roster.entries[slot].incarnation, by: [own.id])
    }

    /// A probe was answered, by its target or through a relay.
    mutating func acknowledge(_ sequence: ProbeSequence, member: MemberID) {
        guard let index = probes.firstIndex(where: { $0.sequence == sequence && $0.target == member }) else { return }
        probes.remove(at: index)
        health.learn(.probeSucceeded)
    }

    /// A relay heard nothing either.
    mutating func noteNack(_ sequence: ProbeSequence) {
        guard let index = probes.firstIndex(where: { $0.sequence == sequence }),
            case .indirect(let until, let asked, let nacks) = probes[index].stage
        else { return }
        probes[index].stage = .indirect(until: until, asked: asked, nacks: min(nacks + 1, asked))
    }
}
