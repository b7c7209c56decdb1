import Coordinator
import Foundation
import HashRing
import Logging
import NIOPosix
import ShardStore
import X509

/// The network of a node as it starts: listening, with what the registry on disk says of the others.
struct NodeNetwork {
    let network: ClusterNetwork
    /// The port that was taken for links and gossip.
    let port: Int
    /// What the founding writes into the registry for members only; unused later.
    let secrets: ClusterSecrets
    /// Whether no other node has a voice here yet.
    let isAlone: Bool

    /// A program that is put back to an older one than the cluster has agreed on would meet commands that it cannot apply.
    private static func refuseIfTooOld(for registry: Registry) throws {
        guard registry.stateVersion > StateVersion.newest else { return }
        throw StartError(
            "the cluster's commands are of version \(registry.stateVersion), and this program knows those up to "
                + "\(StateVersion.newest)",
            remedy: "start the program that the cluster's other nodes run")
    }

    static func open(
        _ found: FoundNode, _ certificates: CertificateFolder.Contents, _ configuration: NodeConfiguration,
        in folder: DataFolder, logger: Logger, metrics: PrometheusRegistry
    ) async throws -> NodeNetwork {
        let registry = try found.registry.map { try Registry(image: $0.bytes) }
        if let registry { try refuseIfTooOld(for: registry) }
        let peers = PeerNetwork(
            identity: found.node, cluster: found.identity.cluster, listen: configuration.peer,
            certificates: try PeerCertificates(certificates), inbox: folder.transfers,
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger, metrics: metrics)
        let network = ClusterNetwork(
            peers: peers, identity: found.node, cluster: found.identity.cluster, boot: found.identity.starts ?? 1,
            registry: registry, logger: logger, metrics: metrics)
        // The number of this start must be on disk before anything is sealed with it.
        try found.identity.write(to: folder.identity)
        let port: Int
        do {
            port = try await peers.start(network)
        } catch {
            throw StartError.listening(on: configuration.peer, option: "--peer", error)
        }
        var secrets = ClusterSecrets()
        secrets.authorityCertificate = try certificates.authority.derBytes()
        if let key = certificates.authorityKey {
            secrets.authorityKey = try CertificateAuthority(certificate: certificates.authority, key: key).keyDER()
        }
        secrets.placement = found.keys.placement
        secrets.tombstone = found.keys.tombstone
        var random = SystemRandomNumberGenerator()
        secrets.gossip = [
            ClusterSecrets.GossipKey(
                number: 1, bytes: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        ]
        return NodeNetwork(
            network: network, port: port, secrets: secrets, isAlone: (registry?.members.count ?? 1) <= 1)
    }
}
