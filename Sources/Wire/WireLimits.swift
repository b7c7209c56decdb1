import Membership

/// The bounds of what is read from the network, and where each comes from; those of a value itself are its module's.
package enum WireLimits {
    /// The greatest term, index or round that is believed: whoever takes one in may add to it without overflow. At a
    /// million entries a second it lasts 146,000 years.
    package static let counter: UInt64 = 1 << 62
    /// Keys that are valid at once: the one that seals, its predecessor for what is still under way, and its successor
    /// while it reaches everybody.
    package static let keys = 3
    /// Bytes of a key: what ChaCha20-Poly1305 takes, and the output length of SHA-256 (RFC 5869, section 2.2).
    package static let keyBytes = 32
    /// Counters of one sender that are told apart, the last 64 of them not always. It sends two datagrams a second to
    /// all together, and fourteen in the worst network that was simulated: more than a minute. 128 bytes a sender.
    package static let replayWindow = 1024
    /// Senders whose datagrams are remembered: as many as a view holds.
    package static let senders = Limits.members
}
