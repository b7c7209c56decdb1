import Foundation
import NIOCore
import PacketFaults

/// How the nodes reach each other, and what can be cut.
enum Network: Sendable {
    /// All on 127.0.0.1: nothing can be cut.
    case loopback(basePort: Int, because: String)
    /// Each node at two loopback addresses of its own: one that it advertises, where a proxy in this program listens and passes on
    /// what is not to be lost, and one where the node listens for what comes from there. Its clients reach it directly.
    case proxy(PeerProxy, basePort: Int, because: String)
    /// Each node in a network namespace of its own, routed through this one, where a rule drops what goes from one to another.
    /// Dropped means unheard: neither side is told.
    case namespaces

    var canCut: Bool { if case .loopback = self { false } else { true } }

    var text: String {
        switch self {
        case .loopback(_, let reason): "all nodes on 127.0.0.1; cuts are not possible (\(reason))"
        case .proxy(_, _, let reason):
            "each node at a loopback address of its own; cuts by a proxy in this program between them (\(reason))"
        case .namespaces: "each node in a network namespace of its own; cuts by routing rules between them"
        }
    }

    /// The address that a node advertises.
    func host(_ number: Int) -> String {
        switch self {
        case .loopback: "127.0.0.1"
        case .proxy: Self.address(127, Self.firstProxied, number, 1)
        case .namespaces: Self.address(10, Self.firstSpace, number, 2)
        }
    }

    /// The address at which it listens for its peers.
    func peerHost(_ number: Int) -> String {
        if case .proxy = self { Self.address(127, Self.firstProxied, number, 2) } else { host(number) }
    }

    func httpPort(_ number: Int) -> Int {
        switch self {
        case .loopback(let basePort, _): basePort + 10 * number
        // Those of the first node alone: each has its own address.
        case .proxy(_, let basePort, _): basePort + 10
        case .namespaces: 7480
        }
    }

    func peerPort(_ number: Int) -> Int { httpPort(number) + 1 }

    // Numbers are never used again: the two octets in the middle count nodes. 127.0 is where everybody's services are.
    static let firstProxied = 64
    private static let firstSpace = 200
    /// What the second octet has room for, after the higher of the two first ones.
    private static let mostNodes = (255 - firstSpace) << 8

    private static func address(_ first: Int, _ second: Int, _ number: Int, _ last: Int) -> String {
        "\(first).\(second + number >> 8).\(number & 255).\(last)"
    }

    /// Makes the place where that node is to run.
    func prepare(_ number: Int) async throws(ChaosError) {
        guard number <= Self.mostNodes else { throw .noAddress(node: number, "there are \(Self.mostNodes)") }
        switch self {
        case .loopback: try await probePorts(number)
        case .proxy(let proxy, _, _):
            do {
                try await proxy.admit(
                    number, advertised: SocketAddress(ipAddress: host(number), port: peerPort(number)),
                    real: SocketAddress(ipAddress: peerHost(number), port: peerPort(number)))
            } catch {
                throw .noAddress(node: number, "\(host(number)):\(peerPort(number)) cannot be used: \(error)")
            }
        case .namespaces: try await Namespaces.prepare(number, host: host(number))
        }
    }

    /// What goes before a command so that it runs where that node is; it becomes that command, under the same number.
    func entry(_ number: Int) -> [String] {
        if case .namespaces = self { Namespaces.entry(number) } else { [] }
    }

    /// That node is now that process.
    func node(_ number: Int, is process: Int32) {
        if case .proxy(let proxy, _, _) = self { proxy.owners.node(number, is: process) }
    }

    /// From now on nothing that `sender` sends reaches `receiver`.
    func cut(from sender: Int, to receiver: Int) async throws(ChaosError) {
        switch self {
        case .loopback: break
        case .proxy(let proxy, _, _): await proxy.cut(from: sender, to: receiver)
        case .namespaces: try await Namespaces.rule("add", from: host(sender), to: host(receiver), Namespaces.cut)
        }
    }

    func mend(from sender: Int, to receiver: Int) async throws(ChaosError) {
        switch self {
        case .loopback: break
        case .proxy(let proxy, _, _): await proxy.mend(from: sender, to: receiver)
        case .namespaces: try await Namespaces.rule("delete", from: host(sender), to: host(receiver), Namespaces.cut)
        }
    }

    /// From now on what becomes of what `sender` sends to `receiver` is drawn packet by packet.
    func divert(from sender: Int, to receiver: Int) async throws(ChaosError) {
        switch self {
        case .loopback: break
        case .proxy(let proxy, _, _): await proxy.divert(from: sender, to: receiver)
        case .namespaces: try await Namespaces.rule("add", from: host(sender), to: host(receiver), Namespaces.divert)
        }
    }

    func straighten(from sender: Int, to receiver: Int) async throws(ChaosError) {
        switch self {
        case .loopback: break
        case .proxy(let proxy, _, _): await proxy.straighten(from: sender, to: receiver)
        case .namespaces:
            try await Namespaces.rule("delete", from: host(sender), to: host(receiver), Namespaces.divert)
        }
    }
}
