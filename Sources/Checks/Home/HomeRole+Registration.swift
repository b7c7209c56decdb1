extension HomeRole {
    func register(_ id: ClientID, _ registration: Registration) throws -> Outcome {
        let capability = registration.capability ?? Capability()
        guard var client = try clients.find(id) else {
            guard registration.invited else { return .refused(.inviteRequired) }
            let client = HomeClient(
                id: id, screenName: registration.screenName, secret: registration.secret, capability: capability,
                at: context.now)
            try clients.save(client)
            try activity.add("registered", of: id, at: context.now)
            return .registered(client.record(at: context.now), created: true)
        }
        if client.standing == .ending { return .refused(.notFinished) }
        if client.standing != .reset {
            guard client.secret.matches(registration.secret) else { return .refused(.identityTaken(field: "secret")) }
            guard Self.isSame(client.screenName, registration.screenName) else {
                return .refused(.identityTaken(field: "screenName"))
            }
        }
        if !client.isRegistered {
            client.standing = .active
            client.generation += 1
        }
        client.screenName = registration.screenName
        client.secret = registration.secret
        client.capability = capability
        client.lastRegisteredAt = context.now
        client.lastAccessAt = context.now
        try clients.save(client)
        try activity.add("registered", of: id, at: context.now, details: [.init(name: "again", value: .flag(true))])
        return .registered(client.record(at: context.now), created: false)
    }

    /// Screen names are compared folded.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        guard let one = ScreenName(one), let other = ScreenName(other) else { return one == other }
        return one == other
    }

    func touch(_ ids: [ClientID]) throws -> Outcome {
        for id in ids {
            try update(id) { $0.lastAccessAt = max($0.lastAccessAt, context.now) }
        }
        return .done
    }

    func countFault(_ id: ClientID, _ fault: ClientFault, count: Int, lease: LeaseID?) throws -> Outcome {
        guard try clients.find(id) != nil, count > 0 else { return .done }
        try update(id) { client in
            client.counters.faults[Int(fault.rawValue) - 1] += count
            client.lastAccessAt = context.now
        }
        try activity.add(
            "fault", of: id, at: context.now, lease: lease,
            details: [.init(name: "fault", value: .text("\(fault)")), .init(name: "count", value: .number(count))])
        return .done
    }

    // MARK: Operators

    func quarantine(_ id: ClientID, reason: String) throws -> Outcome {
        guard let client = try clients.find(id), client.isRegistered else { return .refused(.unknownClient) }
        try update(id) { client in
            client.standing = .quarantined
            client.reason = reason
            client.throttledUntil = nil
        }
        try activity.add(
            "quarantined", of: id, at: context.now, details: [.init(name: "reason", value: .text(reason))])
        return .done
    }

    func reinstate(_ id: ClientID) throws -> Outcome {
        guard let client = try clients.find(id), client.isRegistered else { return .refused(.unknownClient) }
        try update(id) { client in
            client.standing = .active
            client.reason = nil
            client.throttledUntil = nil
            client.conduct = HomeClient.Conduct()
        }
        try activity.add("reinstated", of: id, at: context.now)
        return .done
    }
}
