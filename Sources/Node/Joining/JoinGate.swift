/// Lets newcomers in: so many at once, and so many of one source a minute. Pure: the time is given.
struct JoinGate: Sendable {
    private static let policy = TokenBucket.Policy(capacity: PeerLimits.joinsPerMinute, windowMilliseconds: 60_000)

    private var inside = 0
    private var sources = RateLimiter<String>(limit: PeerLimits.joinSources)

    /// Whether this one may come in; it must ``leave()`` then.
    mutating func enter(from source: String, at milliseconds: Int64) -> Bool {
        guard inside < PeerLimits.joinsAtOnce,
            sources.take(source, policy: Self.policy, at: milliseconds).isAllowed
        else { return false }
        inside += 1
        return true
    }

    mutating func leave() { inside -= 1 }
}
