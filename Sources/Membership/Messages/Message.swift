/// Names a probe among those of one prober. Wraps around; what is under way is far younger than that.
public struct ProbeSequence: Hashable, Sendable {
    /// The number.
    public let rawValue: UInt32
    /// As it was received.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// What a datagram asks or answers, apart from the rumors that ride on it.
public enum Message: Hashable, Sendable {
    /// "Are you there?" `target` is named because another member may have taken over its address. `digest` is the
    /// sender's ``ViewDigest``.
    case ping(ProbeSequence, target: MemberID, digest: ViewDigest)
    /// "Please ping `target` at `address` for me" (SWIM's ping-req).
    case pingRequest(ProbeSequence, target: MemberID, address: PeerAddress)
    /// `member` answered the probe: the sender itself, or the one that it was asked to ping.
    case ack(ProbeSequence, member: MemberID, digest: ViewDigest)
    /// The sender relayed the ping and heard nothing: it is well, the target may not be (Lifeguard, IV-A).
    case nack(ProbeSequence)
    /// Nothing but rumors.
    case gossip
}
