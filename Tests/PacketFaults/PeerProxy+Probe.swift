import Foundation
import NIOCore
import NIOPosix

extension PeerProxy {
    /// Whether this machine has other loopback addresses than one, and says whose a connection is.
    package static func isPossible(at address: String) async -> Bool {
        let group = MultiThreadedEventLoopGroup.singleton
        guard let server = try? await ServerBootstrap(group: group).bind(host: address, port: 0).get() else {
            return false
        }
        var isKnown = false
        if let target = server.localAddress,
            let client = try? await ClientBootstrap(group: group).connectTimeout(ProxyLimits.dialing).connect(
                to: target
            ).get()
        {
            let owners = SocketOwners()
            owners.node(0, is: ProcessInfo.processInfo.processIdentifier)
            if let local = client.localAddress { isKnown = owners.owner(local: local, remote: target) == 0 }
            try? await client.close()
        }
        try? await server.close()
        return isKnown
    }
}
