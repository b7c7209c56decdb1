/// What other shards tell of this home's clients, each exactly once in effect.
extension HomeRole {
    func take(_ event: OutboxEvent) throws {
        switch event {
        case .leaseDead(_, let slot, let lease, _): try leaseDied(slot, lease)
        case .leaseEnded(_, let slot, let lease, let ending, let users, _):
            try leaseEnded(slot, lease, ending, users: users)
        case .resultsAccepted(let id, let counts, let agreeing, let judged, let at):
            try update(id) { client in
                for count in counts { client.counters.verdicts[Int(count.verdict.rawValue) - 1] += count.count }
                client.counters.agreeing += agreeing
                client.counters.judged += judged
                client.lastAccessAt = max(client.lastAccessAt, at)
            }
        case .faults(let id, let fault, let count, let lease, _):
            _ = try countFault(id, fault, count: count, lease: lease)
        }
    }

    private func leaseDied(_ id: SlotID, _ lease: LeaseID) throws {
        guard var slot = try slots.find(id), slot.lease == lease, !slot.isDead, slot.isOpen else { return }
        // The word that it was granted may come later than the word that it died.
        try count(&slot, users: slot.allowance)
        slot.state = .granted
        slot.isDead = true
        slots.save(slot)
        try update(slot.client) { client in
            client.counters.dead += 1
            client.conduct.dead += 1
        }
        try activity.add("leaseDead", of: slot.client, at: context.now, service: slot.service, lease: lease)
        try judgeDeaths(slot.client)
    }

    private func leaseEnded(_ id: SlotID, _ lease: LeaseID, _ ending: OutboxEvent.Ending, users: Int) throws {
        guard var slot = try slots.find(id), slot.lease == lease else { return }
        let wasReleased = slot.state == .cancelled && slot.isCounted
        guard slot.isOpen || slot.state == .cancelled else { return }
        try count(&slot, users: users)
        slot.state = .ended
        slot.endedAt = slot.endedAt ?? context.now
        slots.save(slot)
        try update(slot.client) { client in
            client.conduct.ended += 1
            switch (ending, wasReleased) {
            case (.done, true):
                // It was done before the cancel that closed the slot: counted as what it was.
                client.counters.released -= 1
                client.counters.done += 1
            case (.done, false): client.counters.done += 1
            case (.released, true): break
            case (.released, false): client.counters.released += 1
            }
        }
        guard !wasReleased else { return }
        try activity.add(
            "leaseEnded", of: slot.client, at: context.now, service: slot.service, lease: lease,
            details: [.init(name: "ending", value: .text(ending == .done ? "done" : "released"))])
        if slot.isDead { try judgeDeaths(slot.client) }
    }
}
