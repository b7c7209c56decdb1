import Foundation
import Testing

/// Ports that a cluster keeps over its nodes' restarts.
enum PortRange {
    /// A base above which `nodes` nodes have their two ports free, for streams and for datagrams: node I has base + 10 I and
    /// the next. They lie below the range that the system gives to outgoing connections, so that none takes one in between.
    static func free(for nodes: Int) throws -> Int {
        for _ in 0..<200 {
            let base = 10_000 + 10 * Int.random(in: 0..<2000)
            let isFree = (1...nodes).allSatisfy { node in
                [base + 10 * node, base + 10 * node + 1].allSatisfy { port in
                    canBind(port, SOCK_STREAM) && canBind(port, SOCK_DGRAM)
                }
            }
            if isFree { return base }
        }
        throw NoneFree()
    }

    struct NoneFree: Error {}

    private static func canBind(_ port: Int, _ kind: __socket_type) -> Bool {
        let descriptor = socket(AF_INET, Int32(kind.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
