/// Where a member's datagrams and peer links go. Opaque to the protocol: it only compares it and hands it back.
public struct PeerAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// A host name or a numeric address, 1 to ``Limits/hostBytes`` bytes of UTF-8.
    public let host: String
    /// The port, the same number for datagrams and peer links.
    public let port: UInt16

    /// Throws ``MembershipError/hostLength(_:)`` when `host` is empty or longer than ``Limits/hostBytes``.
    public init(host: String, port: UInt16) throws(MembershipError) {
        let length = host.utf8.count
        guard (1...Limits.hostBytes).contains(length) else { throw .hostLength(length) }
        self.host = host
        self.port = port
    }

    /// Orders by host, then port: two records of one incarnation are settled the same way everywhere.
    public static func < (lhs: PeerAddress, rhs: PeerAddress) -> Bool {
        lhs.host != rhs.host ? lhs.host < rhs.host : lhs.port < rhs.port
    }

    /// `host:port`.
    public var description: String { "\(host):\(port)" }
}
