/// Every bound of the protocol, with where the number comes from.
public enum Limits {
    /// Bytes of a sealed datagram. An Ethernet frame carries 1500; IPv6 (40) and UDP (8) headers and a tunnel's
    /// overhead must fit beside it, so that nothing is fragmented (memberlist's `UDPBufferSize` is the same).
    public static let datagramBytes = 1400
    /// Bytes left for sealing: header (45), tag (16), and a few to spare.
    public static let sealBytes = 64
    /// Bytes of a datagram before it is sealed.
    public static let plainBytes = datagramBytes - sealBytes
    /// Bytes of a host: the longest name of the domain name system (RFC 1035, section 2.3.4).
    public static let hostBytes = 253
    /// Bytes that the application may attach to its record: with the longest host three records still fit a datagram.
    public static let applicationBytes = 64
    /// The greatest incarnation: at one refutation a microsecond it lasts 146,000 years.
    public static let incarnation: UInt64 = 1 << 62
    /// Members that one view holds, the dead included: four times the largest cluster that is tested.
    public static let members = 4096
    /// Seeds kept: as many as a person writes down.
    public static let seeds = 64
    /// Seeds asked at once when joining: one answer is enough, three survive two that are down.
    public static let seedsAtOnce = 3
    /// Identities that one suspicion names: the first suspecter and the confirmations that are waited for.
    public static let suspecters = 1 + Parameters.confirmations
    /// Pings relayed at once for others; one more is not relayed. Three a second are expected at 20 % loss.
    public static let relayedPings = 64
    /// Probes under way at once: the period's own and the second opinions.
    public static let probes = 8
    /// Identities that are refused for good; the oldest is forgotten first. The registry knows them all.
    public static let expelled = 1024
    /// Notices that a suspecter sends to the suspect on its own: one each gossip interval, for two seconds.
    public static let suspicionNotices = 10
}
