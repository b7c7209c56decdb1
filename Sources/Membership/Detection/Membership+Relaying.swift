extension Membership {
    /// Pings `target` for somebody else (SWIM, section 3.1). Not done when too many are under way: the asker takes
    /// silence for this member's bad health, which is what it is.
    mutating func relay(_ origin: ProbeSequence, for asker: PeerAddress, target: MemberID, address: PeerAddress) {
        guard relayed.count < Limits.relayedPings, target != own.id else { return }
        tally.relayedPings += 1
        let sequence = nextSequence()
        let deadline = clock + parameters.relayTimeout
        relayed.append(
            RelayedPing(
                sequence: sequence, target: target, origin: asker, originSequence: origin, deadline: deadline))
        let ping = Message.ping(sequence, target: target, digest: roster.digest)
        effects.append(.send(pack(ping, for: roster.slot(of: target)), to: address))
    }

    /// Hands an answer on to whoever asked.
    mutating func handOn(_ sequence: ProbeSequence, member: MemberID) {
        guard let index = relayed.firstIndex(where: { $0.sequence == sequence && $0.target == member }) else { return }
        let ping = relayed.remove(at: index)
        let ack = Message.ack(ping.originSequence, member: member, digest: roster.digest)
        effects.append(.send(pack(ack, for: nil), to: ping.origin))
    }

    /// Says "I heard nothing" for the relayed pings whose time is up.
    mutating func runRelayedPings() {
        while let index = relayed.firstIndex(where: { clock >= $0.deadline }) {
            let ping = relayed.remove(at: index)
            effects.append(.send(pack(.nack(ping.originSequence), for: nil), to: ping.origin))
        }
    }
}
