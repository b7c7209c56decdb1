/// The malfunction rules: warn, throttle, quarantine, each with its reason in the activity log, each reversible.
extension HomeRole {
    /// Offences in so many successive windows end in quarantine.
    private static let strikesUntilQuarantine = 3

    /// Too many of a client's ended buckets died.
    func judgeDeaths(_ id: ClientID) throws {
        guard let client = try clients.find(id), client.isRegistered else { return }
        let rule = context.configuration.settings.malfunction
        let (dead, ended) = (client.conduct.dead, client.conduct.ended)
        if dead == 1, ended == 0 {
            try activity.add("warned", of: id, at: context.now, details: [Self.reason("a bucket died")])
        }
        guard rule.enabled, ended >= rule.minimumBuckets, dead * 1000 > ended * rule.deadShareThousandths else {
            return
        }
        try offence(id, "\(dead) of \(ended) buckets died")
    }

    /// A request was refused because the window is used up: the client asks faster than it can check.
    func countRefusal(_ id: ClientID, cap: Int) throws {
        let rule = context.configuration.settings.malfunction
        var refused = 0
        try update(id) { client in
            client.lastAccessAt = context.now
            if client.conduct.refusedFrom.adding(seconds: client.capability.windowSeconds) <= context.now {
                client.conduct.refusedFrom = context.now
                client.conduct.refused = 0
            }
            client.conduct.refused += 1
            refused = client.conduct.refused
        }
        guard rule.enabled, refused > rule.windowFactor * cap else { return }
        try update(id) { $0.conduct.refused = 0 }
        try offence(id, "asked \(refused) times in one window after its users were used up")
    }

    private func offence(_ id: ClientID, _ reason: String) throws {
        guard var client = try clients.find(id), client.standing == .active || client.standing == .throttled else {
            return
        }
        let window = client.capability.windowSeconds
        let sinceStrike = context.now.milliseconds - client.conduct.strikeAt.milliseconds
        if client.conduct.strikes == 0 || sinceStrike > Int64(window) * 3000 {
            client.conduct.strikes = 1
            client.conduct.strikeAt = context.now
        } else if sinceStrike >= Int64(window) * 1000 {
            client.conduct.strikes += 1
            client.conduct.strikeAt = context.now
        }
        client.reason = reason
        if client.conduct.strikes >= Self.strikesUntilQuarantine {
            client.standing = .quarantined
            client.throttledUntil = nil
            try activity.add("quarantined", of: id, at: context.now, details: [Self.reason(reason)])
        } else {
            let isNew = !client.isThrottled(at: context.now)
            client.standing = .throttled
            client.throttledUntil = context.now.adding(seconds: window)
            if isNew { try activity.add("throttled", of: id, at: context.now, details: [Self.reason(reason)]) }
        }
        try clients.save(client)
    }

    private static func reason(_ text: String) -> EventRecord.Detail { .init(name: "reason", value: .text(text)) }
}
