/// A limit and how much is left of it, in the fields of the IETF draft "RateLimit header fields for HTTP".
struct RatePolicy: Sendable {
    var name: String
    var quota: Int
    var windowSeconds: Int
    var verdict: TokenBucket.Verdict

    /// `"client";q=100;w=1`
    var policyField: String { "\"\(name)\";q=\(quota);w=\(windowSeconds)" }

    /// `"client";r=99;t=1`: left, and until there is more.
    var limitField: String { "\"\(name)\";r=\(verdict.remaining);t=\(waitSeconds)" }

    var waitSeconds: Int { max(1, Int((verdict.waitMilliseconds + 999) / 1000)) }
}
