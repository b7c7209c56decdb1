extension Membership {
    /// The periodic comparison of views, with one member at random: what gossip missed is found here.
    mutating func startPushPull() {
        timers.pushPull = clock + parameters.pushPullInterval
        guard !phase.isDeparting, let slot = roster.peers(1, using: &random, where: { _ in true }).first else { return }
        offer(to: roster.entries[slot].record.address, joining: false)
    }

    /// Digests ride on probes. When they differ although there is no news under way, a comparison is started early,
    /// but no more often than lets a member move ``Parameters/pushPullRows`` rows each ``Parameters/pushPullFloor``.
    mutating func compare(_ digest: ViewDigest, with source: MemberID) {
        guard digest != roster.digest, rumors.isEmpty, clock >= timers.earlyPushPull, !phase.isDeparting,
            let slot = roster.slot(of: source)
        else { return }
        postponeEarlyPushPull()
        offer(to: roster.entries[slot].record.address, joining: false)
    }

    /// A member came back from the dead: compare with it now, within the same bound.
    mutating func offerAfterReturn(to address: PeerAddress) {
        guard clock >= timers.earlyPushPull, !phase.isDeparting else { return }
        postponeEarlyPushPull()
        offer(to: address, joining: false)
    }

    private mutating func postponeEarlyPushPull() {
        let shares = max(1, (roster.count + Parameters.pushPullRows - 1) / Parameters.pushPullRows)
        timers.earlyPushPull = clock + parameters.pushPullFloor * shares
    }

    mutating func offer(to address: PeerAddress, joining: Bool) {
        sendPushPull(.offer(roster.digest, joining: joining), to: address)
    }

    private mutating func sendPushPull(_ content: PushPull.Content, to address: PeerAddress) {
        effects.append(.pushPull(PushPull(checked: own, registryVersion, content), to: address))
    }

    private mutating func sendState(wantsAnswer: Bool, to address: PeerAddress) {
        tally.statesSent += 1
        sendPushPull(.state(roster.members, wantsAnswer: wantsAnswer), to: address)
    }

    /// One step of a comparison. The sender's own record is the best news of it that there is.
    mutating func accept(_ message: PushPull) {
        // Before the record is taken in: the digests are of the views as they were.
        let offered = roster.digest
        let wasAlone = roster.liveCount == 1
        if !phase.isDeparting { hear(.alive(message.sender), from: message.sender.id) }
        noteRegistryVersion(message.registryVersion, of: message.sender.id)
        let address = message.sender.address
        switch message.content {
        case .offer(let digest, let joining):
            if joining {
                sendState(wantsAnswer: false, to: address)
            } else if digest == offered || digest == roster.digest {
                sendPushPull(.agreement, to: address)
            } else {
                sendState(wantsAnswer: true, to: address)
            }
        case .agreement: noteJoined()
        case .state(let members, let wantsAnswer):
            merge(members, from: message.sender.id)
            // A newcomer to a large cluster has no news but itself. In a small one others may be joining with it, and
            // what few there are forget their news soon: there it tells what it was told.
            if wasAlone && members.count > Parameters.newcomerTells {
                rumors.removeAll()
                rumors.enqueue(Roster.own)
            }
            noteJoined()
            if wantsAnswer { sendState(wantsAnswer: false, to: address) }
        }
    }

    /// Takes over what another view knows better. Its dead are only suspected here (as in memberlist): after a
    /// partition each side has buried the other, and everybody alive must get the time to say so.
    private mutating func merge(_ members: [Member], from sender: MemberID) {
        for member in members.prefix(Limits.members) {
            let id = member.record.id
            if id == own.id {
                mergeSelf(member)
                continue
            }
            if member.status.isLive || roster.slot(of: id) != nil { hear(.alive(member.record), from: sender) }
            guard !expelled.contains(id), let slot = roster.slot(of: id) else { continue }
            roster.noteRegistryVersion(slot, member.registryVersion)
            switch member.status {
            case .alive: break
            case .suspect, .dead: suspect(slot, at: member.incarnation, by: [sender])
            case .left: hearLeft(slot, at: member.incarnation)
            }
        }
    }

    private mutating func mergeSelf(_ member: Member) {
        switch member.status {
        case .alive: hearAboutSelf(.alive(member.record))
        case .suspect, .dead: hearAboutSelf(.dead(own.id, member.incarnation))
        case .left: hearAboutSelf(.left(own.id, member.incarnation))
        }
    }
}

extension MemberStatus {
    /// Alive or suspect.
    var isLive: Bool { self == .alive || self == .suspect }
}
