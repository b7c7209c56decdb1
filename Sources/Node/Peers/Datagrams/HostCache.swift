import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Addresses of the hosts to which datagrams go, and what waits for them. Pure but for ``resolve(_:_:)``: the time is given.
struct HostCache {
    /// What to do with a datagram.
    enum Route: Equatable {
        case send(SocketAddress)
        /// Known, but for some time: to be sent there, and looked up again.
        case sendAndResolve(SocketAddress)
        /// To be looked up; it waits until ``found(_:for:at:)``.
        case resolve
        case wait
        /// Too much waits.
        case full
    }

    private struct Name {
        var address: SocketAddress?
        var expires = NIODeadline.distantPast
        var isResolving = false
    }

    private var names: [HostPort: Name] = [:]
    private var waiting: [HostPort: [[UInt8]]] = [:]
    private var waitingCount = 0

    /// Where a datagram goes.
    mutating func route(_ bytes: [UInt8], to host: HostPort, at now: NIODeadline) -> Route {
        if let address = try? SocketAddress(ipAddress: host.host, port: host.port) { return .send(address) }
        var name = names[host] ?? Name()
        defer { names[host] = name }
        if let address = name.address {
            if now < name.expires || name.isResolving { return .send(address) }
            name.isResolving = true
            return .sendAndResolve(address)
        }
        guard waitingCount < PeerLimits.queuedDatagrams, names.count < PeerLimits.rememberedNames || names[host] != nil
        else { return .full }
        waiting[host, default: []].append(bytes)
        waitingCount += 1
        defer { name.isResolving = true }
        return name.isResolving ? .wait : .resolve
    }

    /// What a look-up found.
    ///
    /// - Parameter address: `nil` when it found nothing; an address known from before stays then.
    /// - Returns: what has waited for it.
    mutating func found(_ address: SocketAddress?, for host: HostPort, at now: NIODeadline) -> [[UInt8]] {
        let waited = waiting.removeValue(forKey: host) ?? []
        waitingCount -= waited.count
        if let address = address ?? names[host]?.address {
            names[host] = Name(address: address, expires: now + PeerLimits.addressLifetime)
        } else {
            names[host] = nil
        }
        return waited
    }

    /// Asks the system, which may take seconds: to be called on a thread that may wait.
    ///
    /// - Parameter family: of the socket that will send, since it reaches no other.
    static func resolve(_ host: HostPort, _ family: NIOBSDSocket.ProtocolFamily) -> SocketAddress? {
        var hints = addrinfo()
        hints.ai_family = CInt(family.rawValue)
        hints.ai_flags = family == .inet6 ? AI_V4MAPPED : 0
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host.host, nil, &hints, &found) == 0, let first = found else { return nil }
        defer { freeaddrinfo(first) }
        guard let raw = first.pointee.ai_addr else { return nil }
        switch CInt(first.pointee.ai_family) {
        case AF_INET:
            var address = raw.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { SocketAddress($0.pointee) }
            address.port = host.port
            return address
        case AF_INET6:
            var address = raw.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { SocketAddress($0.pointee) }
            address.port = host.port
            return address
        default: return nil
        }
    }
}
