/// A bucket of tokens that fills at a steady rate: one token a request, bursts up to its capacity.
package struct TokenBucket: Equatable, Sendable {
    /// How much and how fast.
    package struct Policy: Hashable, Sendable {
        /// Tokens of a full bucket; at least 1.
        package var capacity: Int
        /// In which an empty bucket fills up.
        package var windowMilliseconds: Int64

        package init(capacity: Int, windowMilliseconds: Int64) {
            self.capacity = max(1, capacity)
            self.windowMilliseconds = max(1, windowMilliseconds)
        }
    }

    /// What a request was told.
    package struct Verdict: Equatable, Sendable {
        package var isAllowed: Bool
        package var remaining: Int
        /// Until there is a token again; 0 when there is one.
        package var waitMilliseconds: Int64
    }

    /// Counted in parts of a token, so that no fraction is lost: a token is `windowMilliseconds` parts, and each
    /// millisecond adds `capacity` of them.
    private var parts: Int64
    private var updated: Int64

    package init(full policy: Policy, at milliseconds: Int64) {
        parts = Int64(policy.capacity) * policy.windowMilliseconds
        updated = milliseconds
    }

    /// A time that went back counts as no time passed.
    package mutating func take(_ policy: Policy, at milliseconds: Int64) -> Verdict {
        let full = Int64(policy.capacity) * policy.windowMilliseconds
        let elapsed = min(max(0, milliseconds - updated), policy.windowMilliseconds)
        parts = min(full, parts + elapsed * Int64(policy.capacity))
        updated = max(updated, milliseconds)
        let isAllowed = parts >= policy.windowMilliseconds
        if isAllowed { parts -= policy.windowMilliseconds }
        let missing = policy.windowMilliseconds - parts
        let rate = Int64(policy.capacity)
        return Verdict(
            isAllowed: isAllowed,
            remaining: Int(parts / policy.windowMilliseconds),
            waitMilliseconds: missing > 0 ? (missing + rate - 1) / rate : 0)
    }
}
