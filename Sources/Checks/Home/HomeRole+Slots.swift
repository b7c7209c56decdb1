import HashRing

/// The life of a slot: asked here, then there, granted or not, and closed once, by its own state and only for the lease that it
/// stands for. Order and repetition of what arrives do not matter.
extension HomeRole {
    func ask(_ id: SlotID, after lease: LeaseID, shard: ShardID) throws -> Outcome {
        guard var slot = try slots.find(id), slot.state == .asking, slot.lease == lease,
            let client = try clients.find(slot.client), client.isRegistered
        else { return .refused(.notFinished) }
        slot.asks += 1
        slot.lease = LeaseNaming.lease(context.draw, slot: id, ask: slot.asks, at: shard)
        slots.save(slot)
        return .asked(slot.ask)
    }

    func granted(_ id: SlotID, lease: LeaseID, users: Int) throws -> Outcome {
        guard var slot = try slots.find(id), slot.state == .asking, slot.lease == lease else { return .done }
        try count(&slot, users: users)
        slot.state = .granted
        slots.save(slot)
        return .done
    }

    func exhausted(_ id: SlotID, lease: LeaseID) throws -> Outcome {
        guard var slot = try slots.find(id), slot.state == .asking, slot.lease == lease else { return .done }
        slot.state = .exhausted
        slot.endedAt = context.now
        slots.save(slot)
        return .done
    }

    /// Counts a slot's lease as assigned, at the first sign that it was granted.
    func count(_ slot: inout Slot, users: Int) throws {
        guard !slot.isCounted else { return }
        slot.isCounted = true
        let requested = slot.requestedAt
        try update(slot.client) { client in
            client.counters.assigned += 1
            client.window.add(users, windowSeconds: client.capability.windowSeconds, at: requested)
            client.lastAccessAt = context.now
        }
        try activity.add(
            "leaseGranted", of: slot.client, at: context.now, service: slot.service, lease: slot.lease,
            details: [.init(name: "users", value: .number(users)), .init(name: "lane", value: .text(slot.lane.name))])
    }
}
