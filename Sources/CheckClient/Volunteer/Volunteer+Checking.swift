extension Volunteer {
    /// Opens sessions and hands out users as far as workers and the platform's limit allow.
    mutating func checkLeases(now: Double) {
        for place in leases.indices {
            openSession(at: place, now: now)
            handOut(at: place, now: now)
        }
    }

    private mutating func openSession(at place: Int, now: Double) {
        let lease = leases[place]
        guard case .none(let notBefore) = lease.session, now >= notBefore, !lease.waiting.isEmpty,
            !lease.releasing, !sessions.contains(lease.id), sessions.count < configuration.workers,
            window.available(now: now) > 0
        else { return }
        leases[place].session = .open(productive: false)
        sessions.insert(lease.id)
        effects.append(.open(lease: lease.id))
    }

    private mutating func handOut(at place: Int, now: Double) {
        guard case .open(let productive) = leases[place].session else { return }
        let room = Limits.usersInHand - leases[place].inHand.count
        let count = min(room, leases[place].waiting.count, window.available(now: now))
        guard count > 0 else { return }
        window.take(count, now: now)
        totals.checked += count
        let users = Array(leases[place].waiting.prefix(count))
        leases[place].waiting.removeFirst(count)
        for user in users { leases[place].inHand[user.screenName.lowercased()] = user }
        effects.append(.hand(lease: leases[place].id, users))
        if leases[place].waiting.isEmpty {
            leases[place].session = .closed(productive: productive)
            effects.append(.close(lease: leases[place].id))
        }
    }

    mutating func absorb(_ result: CheckResult, of lease: String, now: Double) {
        if case .stopping = phase { return }
        guard let place = leases.firstIndex(where: { $0.id == lease }) else { return }
        guard let user = leases[place].inHand.removeValue(forKey: result.screenName.lowercased()) else {
            say(.notAsked(screenName: result.screenName))
            return
        }
        crashes = 0
        leases[place].session.makeProductive()
        var result = result
        result.screenName = user.screenName
        leases[place].rows.append(HeldLease.Row(result: result, since: now))
    }

    /// A session ended: as it should, or by a crash, after which what it left is tried again.
    mutating func endSession(of lease: String, failure: String?, now: Double) {
        guard sessions.remove(lease) != nil else { return }
        if case .stopping = phase { return }
        guard let place = leases.firstIndex(where: { $0.id == lease }), leases[place].hasSession else {
            if let failure { say(.checkerCrashed(failure)) }
            return
        }
        let left = leases[place].inHand.values.sorted { $0.screenName < $1.screenName }
        let isProductive = leases[place].session.isProductive
        leases[place].inHand = [:]
        leases[place].session = .none(notBefore: now)
        let isComplete = left.isEmpty && leases[place].waiting.isEmpty
        if let failure = failure ?? (isProductive || isComplete ? nil : "it ended without a single result") {
            crashed(failure, at: place, left: left, now: now)
        } else if !left.isEmpty {
            leases[place].unanswered += left.count
            say(.unanswered(users: left.count))
        }
    }

    private mutating func crashed(_ failure: String, at place: Int, left: [UserReference], now: Double) {
        crashes += 1
        totals.crashes += 1
        say(.checkerCrashed(failure))
        leases[place].waiting = (left + leases[place].waiting)[...]
        let pause = Limits.firstPauseSeconds * Double(1 << min(2 * crashes, 10))
        leases[place].session = .none(notBefore: now + pause)
        if crashes >= Limits.checkerCrashes {
            stop(
                .failed("the checker failed \(crashes) times without a result: \(failure); try it by hand on one user"),
                now: now)
        }
    }

    mutating func abandonSession(of lease: String) {
        guard sessions.contains(lease) else { return }
        effects.append(.abandon(lease: lease))
    }
}

extension HeldLease.Session {
    /// It gave a result.
    var isProductive: Bool {
        switch self {
        case .none: false
        case .open(let productive), .closed(let productive): productive
        }
    }

    mutating func makeProductive() {
        switch self {
        case .none: break
        case .open: self = .open(productive: true)
        case .closed: self = .closed(productive: true)
        }
    }
}
