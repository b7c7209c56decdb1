import NIOCore

extension SocketAddress {
    /// How an IPv4 address is written where a socket speaks IPv6 (RFC 4291, section 2.5.5.2).
    private static let mapped = "::ffff:"

    /// The same address for a socket of this family; `nil` where it cannot reach it. Sent all the same, the system would
    /// report a fault of the socket.
    func reached(from family: NIOBSDSocket.ProtocolFamily) -> SocketAddress? {
        if self.protocol == family { return self }
        guard case .v4 = self, family == .inet6, let host = ipAddress, let port else { return nil }
        return try? SocketAddress(ipAddress: Self.mapped + host, port: port)
    }

    /// As a peer would be configured.
    var hostPort: HostPort? {
        guard let host = ipAddress, let port else { return nil }
        return HostPort(
            host: host.hasPrefix(Self.mapped) ? String(host.dropFirst(Self.mapped.count)) : host, port: port)
    }
}
