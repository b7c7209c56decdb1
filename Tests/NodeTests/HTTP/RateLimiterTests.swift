import Node
import Testing

@Suite("Requests are limited by token buckets")
struct RateLimiterTests {
    static let policy = TokenBucket.Policy(capacity: 3, windowMilliseconds: 60_000)

    @Test("a burst up to the capacity, then one token each time it has filled")
    func burst() {
        var limiter = RateLimiter<String>(limit: 10)
        let verdicts = (0..<4).map { _ in limiter.take("a", policy: Self.policy, at: 0) }
        #expect(verdicts.map(\.isAllowed) == [true, true, true, false])
        #expect(verdicts.map(\.remaining) == [2, 1, 0, 0])
        #expect(verdicts.last?.waitMilliseconds == 20_000)
        #expect(!limiter.take("a", policy: Self.policy, at: 19_999).isAllowed)
        #expect(limiter.take("a", policy: Self.policy, at: 20_000).isAllowed)
        #expect(!limiter.take("a", policy: Self.policy, at: 20_000).isAllowed)
    }

    @Test("each key has its own bucket")
    func keys() {
        var limiter = RateLimiter<String>(limit: 10)
        for _ in 0..<5 { _ = limiter.take("a", policy: Self.policy, at: 0) }
        #expect(limiter.take("b", policy: Self.policy, at: 0).remaining == 2)
    }

    @Test("a bucket never holds more than its capacity, and a clock that goes back gives nothing")
    func clock() {
        var bucket = TokenBucket(full: Self.policy, at: 1_000_000)
        #expect(bucket.take(Self.policy, at: 900_000_000).remaining == 2)
        _ = bucket.take(Self.policy, at: 900_000_000)
        _ = bucket.take(Self.policy, at: 900_000_000)
        #expect(!bucket.take(Self.policy, at: 0).isAllowed)
        #expect(!bucket.take(Self.policy, at: 900_000_001).isAllowed)
    }

    @Test("over a long time the rate is exact: no fraction of a token is lost")
    func exactness() {
        let policy = TokenBucket.Policy(capacity: 7, windowMilliseconds: 1000)
        var bucket = TokenBucket(full: policy, at: 0)
        var allowed = 0
        for time in Int64(1)...100_000 where bucket.take(policy, at: time).isAllowed { allowed += 1 }
        #expect((700...707).contains(allowed))
    }

    @Test("the table is bounded: the key that was silent longest makes room")
    func eviction() {
        var limiter = RateLimiter<Int>(limit: 3)
        for key in [1, 2, 3] { for _ in 0..<3 { _ = limiter.take(key, policy: Self.policy, at: 0) } }
        _ = limiter.take(1, policy: Self.policy, at: 1)
        _ = limiter.take(4, policy: Self.policy, at: 1)
        #expect(limiter.count == 3)
        #expect(!limiter.take(1, policy: Self.policy, at: 1).isAllowed, "1 was used after 2 and stays")
        #expect(!limiter.take(3, policy: Self.policy, at: 1).isAllowed)
        #expect(limiter.take(2, policy: Self.policy, at: 1).remaining == 2, "2 was forgotten and starts anew")
    }

    @Test("a flood of keys leave the table as small as it was")
    func flood() {
        var limiter = RateLimiter<Int>(limit: 64)
        for key in 0..<100_000 { _ = limiter.take(key, policy: Self.policy, at: Int64(key)) }
        #expect(limiter.count == 64)
    }
}
