extension Membership {
    /// A datagram of a member that is not refused: first what rides on it, then what it asks or answers.
    mutating func accept(_ datagram: Datagram, from address: PeerAddress) {
        noteRegistryVersion(datagram.registryVersion, of: datagram.source)
        for rumor in datagram.rumors { hear(rumor, from: datagram.source) }
        switch datagram.message {
        case .ping(let sequence, let target, let digest):
            guard target == own.id else { return }
            answer(.ack(sequence, member: own.id, digest: roster.digest), to: datagram.source, at: address)
            compare(digest, with: datagram.source)
        case .pingRequest(let sequence, let target, let targetAddress):
            relay(sequence, for: address, target: target, address: targetAddress)
        case .ack(let sequence, let member, let digest):
            acknowledge(sequence, member: member)
            handOn(sequence, member: member)
            compare(digest, with: datagram.source)
        case .nack(let sequence): noteNack(sequence)
        case .gossip: break
        }
        let isAnswered = if case .ping = datagram.message { true } else { false }
        if ownRecordWanted && !isAnswered { answer(.gossip, to: datagram.source, at: address) }
    }

    /// One rumor, by SWIM's order of precedence: a greater incarnation beats a smaller one; under one incarnation left
    /// beats dead beats suspect beats alive. About members that are not known only *alive* counts.
    mutating func hear(_ rumor: Rumor, from source: MemberID) {
        let id = rumor.subject
        guard !expelled.contains(id) else { return }
        if id == own.id { return hearAboutSelf(rumor) }
        guard let slot = roster.slot(of: id) else {
            if case .alive(let record) = rumor { welcome(record) }
            return
        }
        switch rumor {
        case .alive(let record): hearAlive(record, of: slot)
        case .suspect(_, let incarnation, let suspecters): suspect(slot, at: incarnation, by: suspecters)
        case .dead(_, let incarnation): hearDead(slot, at: incarnation, from: source)
        case .left(_, let incarnation): hearLeft(slot, at: incarnation)
        }
    }

    private mutating func welcome(_ record: MemberRecord) {
        guard let slot = roster.insert(record, using: &random) else {
            tally.refusedMembers += 1
            return
        }
        rumors.enqueue(slot)
        effects.append(.event(.alive(record)))
    }

    private mutating func hearAlive(_ record: MemberRecord, of slot: Int) {
        let before = roster.entries[slot]
        let replaces = before.record.yields(to: record)
        let revives = record.incarnation > before.incarnation
        guard replaces || revives else { return }
        if replaces { roster.replaceRecord(slot, with: record) }
        let status = before.standing.status
        if revives {
            endSuspicion(slot)
            roster.setStanding(slot, .alive, at: record.incarnation, using: &random)
            if status == .suspect { effects.append(.event(.refuted(record.id))) }
        }
        rumors.enqueue(slot)
        if revives && !before.standing.isLive {
            effects.append(.event(.alive(record)))
            // Back from a partition, likely with others: do not wait for the next comparison.
            if status == .dead { offerAfterReturn(to: record.address) }
        } else if before.record.address != record.address || before.record.application != record.application {
            effects.append(.event(.updated(record)))
        }
    }

    /// Somebody's suspicion timed out. Whoever has not even suspected the member has missed its whole defence, or the
    /// accuser has: the member gets a last call, not a burial on hearsay (SWIM would bury it).
    private mutating func hearDead(_ slot: Int, at incarnation: Incarnation, from source: MemberID) {
        let entry = roster.entries[slot]
        guard incarnation >= entry.incarnation, entry.standing.isLive || incarnation > entry.incarnation else { return }
        if case .suspect = entry.standing, incarnation == entry.incarnation {
            bury(slot, at: incarnation)
        } else {
            suspect(slot, at: incarnation, by: [source], isLastCall: true)
        }
    }

    mutating func hearLeft(_ slot: Int, at incarnation: Incarnation) {
        let entry = roster.entries[slot]
        guard incarnation >= entry.incarnation else { return }
        if case .left = entry.standing, incarnation == entry.incarnation { return }
        endSuspicion(slot)
        roster.setStanding(slot, .left(since: clock), at: incarnation, using: &random)
        rumors.enqueue(slot)
        if entry.standing.status != .left { effects.append(.event(.left(entry.record.id))) }
    }

    mutating func noteRegistryVersion(_ version: UInt64, of source: MemberID) {
        if let slot = roster.slot(of: source) { roster.noteRegistryVersion(slot, version) }
        guard version > newestRegistryVersion else { return }
        newestRegistryVersion = version
        effects.append(.event(.registryVersion(version, at: source)))
    }
}
