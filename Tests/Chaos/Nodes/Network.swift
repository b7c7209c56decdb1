import Foundation

/// How the nodes reach each other, and what can be cut.
enum Network: Sendable {
    /// All on 127.0.0.1: nothing can be cut.
    case loopback(basePort: Int)
    /// Each node in a network namespace of its own, routed through this one, where a rule drops what goes from one to another.
    /// Dropped means unheard: neither side is told.
    case namespaces

    /// What this process may do, found by doing it. Its own namespace is the hub; `Scripts/chaos` gave it a fresh one.
    static func choose(basePort: Int, isolated: Bool) async -> Network {
        guard isolated else { return .loopback(basePort: basePort) }
        do {
            try await ip("link", "set", "lo", "up")
            try "1".write(toFile: "/proc/sys/net/ipv4/ip_forward", atomically: false, encoding: .utf8)
            try await ip("netns", "add", "probe")
            try await ip("netns", "delete", "probe")
            return .namespaces
        } catch {
            return .loopback(basePort: basePort)
        }
    }

    var canCut: Bool { if case .namespaces = self { true } else { false } }

    var text: String {
        switch self {
        case .loopback: "all nodes on 127.0.0.1; cuts are not possible (network namespaces are not permitted here)"
        case .namespaces: "each node in a network namespace of its own; cuts by routing rules between them"
        }
    }

    func host(_ number: Int) -> String {
        switch self {
        case .loopback: "127.0.0.1"
        case .namespaces: "10.203.\(number).2"
        }
    }

    func httpPort(_ number: Int) -> Int {
        switch self {
        case .loopback(let basePort): basePort + 10 * number
        case .namespaces: 7480
        }
    }

    func peerPort(_ number: Int) -> Int { httpPort(number) + 1 }

    /// Makes the place where that node is to run.
    func prepare(_ number: Int) async throws(ChaosError) {
        guard case .namespaces = self else { return }
        let (space, link) = ("n\(number)", "v\(number)")
        try await Self.ip("netns", "add", space)
        try await Self.ip("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", space)
        try await Self.ip("address", "add", "10.203.\(number).1/30", "dev", link)
        try await Self.ip("link", "set", link, "up")
        try await Self.ip("-n", space, "address", "add", "10.203.\(number).2/30", "dev", "eth0")
        try await Self.ip("-n", space, "link", "set", "eth0", "up")
        try await Self.ip("-n", space, "link", "set", "lo", "up")
        try await Self.ip("-n", space, "route", "add", "default", "via", "10.203.\(number).1")
    }

    /// What goes before a command so that it runs where that node is; it becomes that command, under the same number.
    func entry(_ number: Int) -> [String] {
        switch self {
        case .loopback: []
        case .namespaces: ["nsenter", "--net=/run/netns/n\(number)", "--"]
        }
    }

    /// From now on nothing that `sender` sends reaches `receiver`.
    func cut(from sender: Int, to receiver: Int) async throws(ChaosError) {
        try await Self.ip("rule", "add", "from", host(sender), "to", host(receiver), "pref", "100", "blackhole")
    }

    func mend(from sender: Int, to receiver: Int) async throws(ChaosError) {
        try await Self.ip("rule", "delete", "from", host(sender), "to", host(receiver), "pref", "100", "blackhole")
    }

    /// From now on what `sender` sends to `receiver` goes through the tunnel; what comes out of it goes on.
    func divert(from sender: Int, to receiver: Int) async throws(ChaosError) {
        try await Self.ip("rule", "add", "from", host(sender), "to", host(receiver), "pref", "90", "lookup", Self.table)
    }

    func straighten(from sender: Int, to receiver: Int) async throws(ChaosError) {
        try await Self.ip(
            "rule", "delete", "from", host(sender), "to", host(receiver), "pref", "90", "lookup", Self.table)
    }

    /// Routes for a tunnel: into it what a rule sends there, past that rule what has come out of it.
    static func prepareTunnel(_ device: String) async throws(ChaosError) {
        try await ip("link", "set", device, "up")
        try await ip("route", "add", "default", "dev", device, "table", table)
        try await ip("rule", "add", "iif", device, "pref", "80", "lookup", "main")
    }

    /// The number of the routing table that has nothing but the tunnel.
    private static let table = "77"

    private static func ip(_ arguments: String...) async throws(ChaosError) {
        try await ChildProcess.run(["ip"] + arguments)
    }
}
