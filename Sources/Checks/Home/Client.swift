import HashRing

/// A client as its home shard keeps it: one packed row.
struct Client: Equatable {
    /// Stored: append only.
    enum State: UInt8 {
        case active = 1, ending = 2, unregistered = 3
    }

    /// Why it may take no leases though it is registered. Stored: append only.
    enum Restriction: UInt8 { case none = 0, throttled = 1, quarantined = 2 }

    /// Users granted at a time: what the window of the capability counts.
    struct Spending: Equatable {
        var at: Timestamp
        var users: Int
    }

    var id: ClientID
    var state: State
    var restriction = Restriction.none
    var reason: String?
    /// `nil` after a reset: the next registration names it anew.
    var screenName: String?
    var secret: SecretHash?
    /// Counts registrations that followed an unregistration: a late one cannot hit a newer registration.
    var generation: UInt64
    var resetting = false
    var firstRegistered: Timestamp
    var lastRegistered: Timestamp
    var lastAccess: Timestamp
    var capability: Capability
    var statistics = ClientStatistics()
    var spending: [Spending] = []
    var offences = Offences()
    /// Lines in its activity log.
    var activity: UInt64 = 0

    /// Accepted registration, and not on its way out.
    var isRegistered: Bool { state == .active }
}

/// What the malfunction rules remember of a client.
struct Offences: Equatable {
    /// When the window began in which requests were refused for the capability, and how many.
    var refusedSince = Timestamp(milliseconds: 0)
    var refused = 0
    /// The window of the last offence, and how many successive windows had one.
    var windowStart = Timestamp(milliseconds: 0)
    var windows = 0
    var last = Timestamp(milliseconds: 0)
    /// Half of a limit was passed; said once.
    var warned = false
}
