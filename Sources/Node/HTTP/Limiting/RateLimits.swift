import Coordinator
import Synchronization

/// The limits of one node: registrations by source, requests by client.
///
/// One of the few locks of the program: held for the few hundred nanoseconds of one look-up, never across a wait.
package final class RateLimits: Sendable {
    /// Sources and clients remembered: at about 150 bytes each, 10 MB together.
    package static let keys = 32_768

    /// Tokens are keyed by id *and* secret, so that a stranger who knows an id cannot use up its requests.
    private let clients = Mutex(RateLimiter<Caller>(limit: keys))
    private let sources = Mutex(RateLimiter<String>(limit: keys))

    package init() {}

    package func registration(
        from source: String, perMinute: Int, at milliseconds: Int64
    ) -> TokenBucket.Verdict {
        let policy = TokenBucket.Policy(capacity: perMinute, windowMilliseconds: 60_000)
        return sources.withLock { $0.take(source, policy: policy, at: milliseconds) }
    }

    package func request(
        of caller: Caller, perSecond: Int, at milliseconds: Int64
    ) -> TokenBucket.Verdict {
        let policy = TokenBucket.Policy(capacity: perSecond, windowMilliseconds: 1000)
        return clients.withLock { $0.take(caller, policy: policy, at: milliseconds) }
    }
}
