/// A client as its home keeps it.
struct HomeClient: Hashable {
    /// Whether it may act. Stored: append only.
    enum Standing: Int64, Hashable {
        case active = 0
        case throttled = 1
        case quarantined = 2
        /// Its slots are being closed; nothing new is opened.
        case ending = 3
        case unregistered = 4
        /// Unregistered by an operator, and free to register with a new secret and screen name.
        case reset = 5
    }

    let id: ClientID
    var standing = Standing.active
    var screenName: String
    var secret: SecretHash
    var capability: Capability
    /// Why it is throttled or quarantined.
    var reason: String?
    var throttledUntil: Timestamp?
    /// Raised by each registration, so that a late unregistration cannot hit a newer one.
    var generation: UInt64 = 1
    /// What the ending leads to.
    var endsInReset = false
    /// What it was before the ending, to be restored never: an ended client registers anew.
    let firstRegisteredAt: Timestamp
    var lastRegisteredAt: Timestamp
    var lastAccessAt: Timestamp
    var counters = Counters()
    var window = UsageWindow()
    var conduct = Conduct()

    /// Counts for ever; `held` is derived (I4).
    struct Counters: Hashable {
        var assigned = 0
        var done = 0
        var dead = 0
        var released = 0
        /// By ``Verdict``'s raw value, from 1.
        var verdicts = [Int](repeating: 0, count: Verdict.allCases.count)
        /// By ``ClientFault``'s raw value, from 1.
        var faults = [Int](repeating: 0, count: ClientFault.allCases.count)
        var agreeing = 0
        var judged = 0
    }

    /// What the malfunction rules look at, since the client was last found in order.
    struct Conduct: Hashable {
        var ended = 0
        var dead = 0
        /// Requests refused for the window, since `refusedFrom`.
        var refused = 0
        var refusedFrom = Timestamp(milliseconds: 0)
        /// Successive windows with an offence, and when the last of them began.
        var strikes = 0
        var strikeAt = Timestamp(milliseconds: 0)
    }

    init(id: ClientID, screenName: String, secret: SecretHash, capability: Capability, at now: Timestamp) {
        self.id = id
        self.screenName = screenName
        self.secret = secret
        self.capability = capability
        firstRegisteredAt = now
        lastRegisteredAt = now
        lastAccessAt = now
    }

    init(
        id: ClientID, screenName: String, secret: SecretHash, capability: Capability, first: Timestamp, last: Timestamp,
        access: Timestamp
    ) {
        self.id = id
        self.screenName = screenName
        self.secret = secret
        self.capability = capability
        firstRegisteredAt = first
        lastRegisteredAt = last
        lastAccessAt = access
    }

    /// Whether calls with its secret are answered at all.
    var isRegistered: Bool {
        switch standing {
        case .active, .throttled, .quarantined: true
        case .ending, .unregistered, .reset: false
        }
    }

    /// As it is shown at `now`.
    func record(at now: Timestamp) -> ClientRecord {
        let state: ClientState =
            switch standing {
            case .active: .active
            case .throttled: isThrottled(at: now) ? .throttled : .active
            case .quarantined: .quarantined
            case .ending, .unregistered, .reset: .unregistered
            }
        var statistics = ClientStatistics()
        statistics.bucketsAssigned = counters.assigned
        statistics.bucketsDone = counters.done
        statistics.bucketsDead = counters.dead
        statistics.bucketsReleased = counters.released
        statistics.bucketsHeld = counters.assigned - counters.done - counters.released
        statistics.usersByVerdict = Verdict.allCases.compactMap { verdict in
            let count = counters.verdicts[Int(verdict.rawValue) - 1]
            return count == 0 ? nil : VerdictCount(verdict: verdict, count: count)
        }
        statistics.unassignedUser = counters.faults[Int(ClientFault.unassignedUser.rawValue) - 1]
        statistics.notOwnBucket = counters.faults[Int(ClientFault.notOwnBucket.rawValue) - 1]
        statistics.unknownBucket = counters.faults[Int(ClientFault.unknownBucket.rawValue) - 1]
        statistics.malformed = counters.faults[Int(ClientFault.malformed.rawValue) - 1]
        statistics.usersInWindow = window.users(within: capability.windowSeconds, at: now)
        statistics.agreeing = counters.agreeing
        statistics.judged = counters.judged
        return ClientRecord(
            id: id, screenName: screenName, state: state, reason: state == .active ? nil : reason,
            firstRegisteredAt: firstRegisteredAt, lastRegisteredAt: lastRegisteredAt, lastAccessAt: lastAccessAt,
            capability: capability, statistics: statistics)
    }

    func isThrottled(at now: Timestamp) -> Bool {
        guard standing == .throttled, let until = throttledUntil else { return false }
        return now < until
    }
}
