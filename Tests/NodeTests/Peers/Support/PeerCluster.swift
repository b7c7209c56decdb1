import Foundation
import HashRing
import Logging
import NIOPosix
import Node
import X509

/// An authority and what it issues.
struct PeerCluster: Sendable {
    let name: String
    let authority: CertificateAuthority

    init(_ name: String = "c1") throws {
        self.init(name: name, authority: try CertificateAuthority.found(cluster: name, now: Date()))
    }

    private init(name: String, authority: CertificateAuthority) {
        self.name = name
        self.authority = authority
    }

    /// Takes itself for another cluster, with the same authority.
    func renamed(_ name: String) -> PeerCluster { PeerCluster(name: name, authority: authority) }

    func certificate(_ node: NodeID) throws -> NodeCertificate {
        try authority.issue(node: node.description, hosts: [], now: Date())
    }

    func certificates(_ node: NodeID) throws -> PeerCertificates {
        try PeerCertificates(authority: authority.certificate, node: try certificate(node))
    }

    static func node(_ number: UInt128) -> NodeID { NodeID(rawValue: number) }
}

/// A network that serves on loopback, with a recorder for its events.
struct TestPeer: Sendable {
    let node: NodeID
    let port: Int
    let recorder: PeerRecorder
    let network: PeerNetwork
    let inbox: String
    private let metrics = CountingMetrics()
    private let serving: Task<Void, any Error>

    var address: HostPort { HostPort(host: "127.0.0.1", port: port) }

    /// Starts one, runs `body`, and stops it.
    static func run<Value>(
        _ number: UInt128, in cluster: PeerCluster, port: Int = 0, recorder: PeerRecorder = PeerRecorder(),
        limits: PeerLimits = PeerLimits(), inbox: String? = nil,
        group: MultiThreadedEventLoopGroup = .singleton, _ body: (TestPeer) async throws -> Value
    ) async throws -> Value {
        let peer = try await TestPeer(
            number, in: cluster, port: port, recorder: recorder, limits: limits, inbox: inbox, group: group)
        do {
            let value = try await body(peer)
            try await peer.stop()
            return value
        } catch {
            try await peer.stop()
            throw error
        }
    }

    init(
        _ number: UInt128, in cluster: PeerCluster, port: Int = 0, recorder: PeerRecorder = PeerRecorder(),
        limits: PeerLimits = PeerLimits(), inbox: String? = nil, group: MultiThreadedEventLoopGroup = .singleton
    ) async throws {
        node = PeerCluster.node(number)
        self.recorder = recorder
        self.inbox = inbox ?? FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        let network = PeerNetwork(
            identity: node, cluster: cluster.name, listen: HostPort(host: "127.0.0.1", port: port),
            certificates: try cluster.certificates(node), inbox: self.inbox,
            eventLoopGroup: group,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, metrics: metrics, limits: limits)
        self.network = network
        self.port = try await network.start(recorder)
        serving = Task { try await network.run() }
    }

    /// Stops it at once, as the end of its process would.
    func stop() async throws {
        serving.cancel()
        try await serving.value
        try? FileManager.default.removeItem(atPath: inbox)
    }

    /// A counter's value, by its name after `dmcheck_peer_`.
    func count(_ name: String) -> Int { Int(metrics.count("dmcheck_peer_\(name)")) }

    /// Returns once a counter has come so far.
    func wait(forCount name: String, _ count: Int64 = 1) async {
        await metrics.wait(for: "dmcheck_peer_\(name)", count: count)
    }
}
