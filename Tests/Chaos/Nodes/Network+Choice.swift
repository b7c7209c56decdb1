import NIOCore
import NIOPosix
import PacketFaults

extension Network {
    /// What this process may do, found by doing it, and what says what becomes of packets there. Its own namespace is the hub;
    /// `Scripts/chaos` gave it a fresh one.
    static func choose(basePort: Int, isolated: Bool, isProxied: Bool) async -> (Network, PacketFates?) {
        let reason: String
        if isProxied {
            reason = "as was asked for"
        } else if !isolated {
            reason = "network namespaces are not permitted here"
        } else if await Namespaces.arePermitted() {
            if let tunnel = await Tunnel.open() { return (.namespaces, tunnel.fates) }
            reason =
                "there are network namespaces, but no tunnel devices (/dev/net/tun) for what is late, lost or overtaken"
        } else {
            reason = "network namespaces are not permitted here"
        }
        guard await PeerProxy.isPossible(at: "127.\(firstProxied).0.1") else {
            return (.loopback(basePort: basePort, because: "\(reason); nor are addresses for a proxy"), nil)
        }
        let proxy = PeerProxy()
        return (.proxy(proxy, basePort: basePort, because: reason), proxy.fates)
    }

    /// Fails where the ports of a node that shares 127.0.0.1 are in use, or there are none left.
    func probePorts(_ number: Int) async throws(ChaosError) {
        for port in [httpPort(number), peerPort(number)] {
            do {
                try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                    .bind(to: SocketAddress(ipAddress: host(number), port: port)).get().close()
            } catch {
                throw .noAddress(
                    node: number, "port \(port) cannot be used (\(error)); each new node takes the next ten")
            }
        }
    }
}
