import Foundation

/// Network namespaces, one a node, and the routing between them in this process's own.
enum Namespaces {
    /// What a rule does, and before which others it is asked.
    static let cut = ["pref", "100", "blackhole"]
    static let divert = ["pref", "90", "lookup", table]

    /// The number of the routing table that has nothing but the tunnel.
    private static let table = "77"

    /// Found by making one.
    static func arePermitted() async -> Bool {
        do {
            try await ip("link", "set", "lo", "up")
            try "1".write(toFile: "/proc/sys/net/ipv4/ip_forward", atomically: false, encoding: .utf8)
            try await ip("netns", "add", "probe")
            try await ip("netns", "delete", "probe")
            return true
        } catch {
            return false
        }
    }

    /// Makes that of a node, with a link to this one.
    ///
    /// - Parameter host: the node's address, the second of its network of four.
    static func prepare(_ number: Int, host: String) async throws(ChaosError) {
        let (space, link) = ("n\(number)", "v\(number)")
        let hub = host.dropLast() + "1"
        try await ip("netns", "add", space)
        try await ip("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", space)
        try await ip("address", "add", "\(hub)/30", "dev", link)
        try await ip("link", "set", link, "up")
        try await ip("-n", space, "address", "add", "\(host)/30", "dev", "eth0")
        try await ip("-n", space, "link", "set", "eth0", "up")
        try await ip("-n", space, "link", "set", "lo", "up")
        try await ip("-n", space, "route", "add", "default", "via", String(hub))
    }

    static func entry(_ number: Int) -> [String] { ["nsenter", "--net=/run/netns/n\(number)", "--"] }

    /// Adds or deletes a rule about what goes from one node to another.
    static func rule(_ verb: String, from sender: String, to receiver: String, _ action: [String])
        async throws(ChaosError)
    {
        try await ChildProcess.run(["ip", "rule", verb, "from", sender, "to", receiver] + action)
    }

    /// Routes for a tunnel: into it what a rule sends there, past that rule what has come out of it.
    static func prepareTunnel(_ device: String) async throws(ChaosError) {
        try await ip("link", "set", device, "up")
        try await ip("route", "add", "default", "dev", device, "table", table)
        try await ip("rule", "add", "iif", device, "pref", "80", "lookup", "main")
    }

    private static func ip(_ arguments: String...) async throws(ChaosError) {
        try await ChildProcess.run(["ip"] + arguments)
    }
}
