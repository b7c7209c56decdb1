/// One kind of call that is made again until it succeeds: whether it is under way, and when it may be made next.
struct Retry: Sendable {
    /// The call is under way.
    private(set) var inFlight = false
    /// Not before this moment.
    private(set) var notBefore = -Double.infinity
    private var failures = 0

    /// Whether the call may be made.
    func isReady(_ now: Double) -> Bool { !inFlight && now >= notBefore }

    /// When the call may be made; `nil` while it is under way.
    var readyAt: Double? { inFlight ? nil : notBefore }

    mutating func begin() { inFlight = true }

    mutating func succeeded() {
        inFlight = false
        failures = 0
    }

    /// Not again before `seconds` have passed.
    mutating func pause(_ seconds: Double, now: Double) {
        inFlight = false
        notBefore = now + max(0, seconds)
    }

    /// Failed for now: the node's `Retry-After` counts, else the pause doubles; up to a quarter is added so that
    /// volunteers that failed together do not come back together.
    mutating func failed(retryAfter: Double?, now: Double, jitter: inout SplitMix64) {
        let doubled = min(Limits.longestPauseSeconds, Limits.firstPauseSeconds * Double(1 << min(failures, 10)))
        failures += 1
        pause((retryAfter ?? doubled) * Double.random(in: 1...1.25, using: &jitter), now: now)
    }
}

/// A small generator of random numbers from a seed (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014), so that a run can be repeated.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator.
    package init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
