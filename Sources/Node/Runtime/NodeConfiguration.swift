import Checks

/// What a node is started with. Everything has a default: one machine and no configuration is a cluster of one.
public struct NodeConfiguration: Sendable {
    /// Where everything is kept.
    public var dataFolder: String
    /// The node's name, for people.
    public var name: String
    /// Where clients reach it.
    public var http: HostPort
    /// Where peers reach it: TCP for links and UDP for gossip on the same port number.
    public var peer: HostPort
    /// The host that others are told.
    public var advertise: String
    /// Replicas of a shard go to different zones where there are enough.
    public var zone: String
    /// Its share of the shards, against other nodes'.
    public var weight: Int
    /// Shards of the cluster; counts when it is founded, 1 to 1024.
    public var shards: Int
    /// Replicas of a shard.
    public var replicas: Int
    /// Plain HTTP, which is refused but on loopback.
    public var insecureHTTP: Bool
    /// Members' peer addresses, asked in turn by a node that is new; empty: an empty folder founds a cluster.
    public var join: [HostPort]
    /// The join token's text; needed only the first time.
    public var joinToken: String?
    /// What it does wrong on purpose: nothing, but in tests.
    package var plantedFaults: PlantedFaults = []

    /// A configuration.
    public init(
        dataFolder: String = "./dmcheck-data", name: String, http: HostPort = HostPort(host: "127.0.0.1", port: 7480),
        peer: HostPort = HostPort(host: "127.0.0.1", port: 7481), advertise: String = "127.0.0.1", zone: String = "",
        weight: Int = 1, shards: Int = 16, replicas: Int = 3, insecureHTTP: Bool = false, join: [HostPort] = [],
        joinToken: String? = nil
    ) {
        self.dataFolder = dataFolder
        self.name = name
        self.http = http
        self.peer = peer
        self.advertise = advertise
        self.zone = zone
        self.weight = weight
        self.shards = shards
        self.replicas = replicas
        self.insecureHTTP = insecureHTTP
        self.join = join
        self.joinToken = joinToken
    }
}

extension NodeConfiguration {
    /// Where clients are told to reach it.
    var advertisedHTTP: HostPort { HostPort(host: advertise, port: http.port) }
    /// Where peers are told to reach it.
    var advertisedPeer: HostPort { HostPort(host: advertise, port: peer.port) }
}

/// A host and a port, written `HOST:PORT` (`[HOST]:PORT` for IPv6).
public struct HostPort: Hashable, Sendable, CustomStringConvertible {
    /// A name or an address, without brackets.
    public var host: String
    /// 0 lets the system choose.
    public var port: Int

    /// A pair.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `nil` when it is not `HOST:PORT` with a port of 0 to 65535.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65535).contains(port)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.init(host: host, port: port)
    }

    /// As it is written for people.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
