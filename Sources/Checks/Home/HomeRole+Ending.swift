/// Unregistering: *ending* first, from which on nothing is opened; then every open slot is closed by a committed answer of its
/// shard; only then is the client unregistered (I3: a report is accepted before, refused after, never half).
extension HomeRole {
    func beginUnregister(_ id: ClientID, by cause: EndingCause) throws -> Outcome {
        guard var client = try clients.find(id) else {
            if case .client = cause { return .refused(.unauthenticated) }
            return .refused(.unknownClient)
        }
        var reset = false
        switch cause {
        case .client(let secret):
            guard client.isRegistered || client.standing == .ending, client.secret.matches(secret) else {
                return .refused(.unauthenticated)
            }
        case .operatorUnregisters: break
        case .operatorResets: reset = true
        }
        switch client.standing {
        case .active, .throttled, .quarantined:
            client.standing = .ending
            client.endsInReset = reset
            client.reason = nil
            client.throttledUntil = nil
            try clients.save(client)
        case .ending where reset && !client.endsInReset:
            client.endsInReset = true
            try clients.save(client)
        case .unregistered where reset:
            client.standing = .ending
            client.endsInReset = true
            try clients.save(client)
        case .ending, .unregistered, .reset: break
        }
        return .ending(generation: client.generation, open: slots.open(of: id).map(\.ask))
    }

    func slotCancelled(_ id: SlotID, lease: LeaseID) throws -> Outcome {
        guard var slot = try slots.find(id), slot.isOpen, slot.lease == lease else { return .done }
        if slot.state == .granted {
            try update(slot.client) { $0.counters.released += 1 }
            try activity.add(
                "leaseEnded", of: slot.client, at: context.now, service: slot.service, lease: lease,
                details: [.init(name: "ending", value: .text("released"))])
        }
        slot.state = .cancelled
        slot.endedAt = context.now
        slots.save(slot)
        return .done
    }

    func finishUnregister(_ id: ClientID, generation: UInt64) throws -> Outcome {
        guard var client = try clients.find(id), client.generation == generation else { return .done }
        guard client.standing == .ending else { return .done }
        guard slots.open(of: id).isEmpty else { return .refused(.notFinished) }
        client.standing = client.endsInReset ? .reset : .unregistered
        try clients.save(client)
        try activity.add(client.endsInReset ? "reset" : "unregistered", of: id, at: context.now)
        return .done
    }
}
