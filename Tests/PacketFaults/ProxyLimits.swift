import NIOCore

/// The limits of the proxy, each with its reason.
enum ProxyLimits {
    /// What one direction of a connection holds back before it reads no further: about what a kernel's send buffer takes.
    static let heldBytes = 256 << 10
    /// When TCP sends again what was not acknowledged: Linux's least time, which a near peer's is.
    static let retransmission = 0.2
    /// The same for the first packet of a connection, of whose peer nothing is known yet (RFC 6298, section 2.1).
    static let firstRetransmission = 1.0
    /// The largest datagram there is.
    static let datagramBytes = 65_535
    /// Delayed datagrams of all nodes; gossip of some dozens a second never has a hundred of them on their way.
    static let waitingDatagrams = 10_000
    /// The loopback accepts at once or not at all.
    static let dialing = TimeAmount.seconds(1)
    static let backlog: Int32 = 128
}
