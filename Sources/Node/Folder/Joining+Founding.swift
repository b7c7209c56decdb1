import Checks
import Consensus
import Coordinator
import Foundation
import HashRing
import ShardStore
import X509

/// An empty folder becomes that of a new member: the identity is minted here, everything else comes from the cluster over a
/// link that the token's fingerprint authenticates.
enum JoiningFolder {
    static func found(_ configuration: NodeConfiguration, _ folder: DataFolder, _ log: NodeLog) async throws {
        guard let text = configuration.joinToken,
            let token = JoinToken(text.trimmingCharacters(in: .whitespacesAndNewlines))
        else {
            throw StartError(
                "--join needs a join token, and there is none that can be read",
                remedy: "make one with dmcheck join-token create and give it with --join-token-file")
        }
        var random = SystemRandomNumberGenerator()
        let node = NodeID(rawValue: UInt128.random(in: 1 ... .max, using: &random))
        let key = NodeCertificate.newKey()
        let request = JoinRequest(
            node: node.description, name: configuration.name, http: configuration.advertisedHTTP.description,
            peer: configuration.advertisedPeer.description, zone: configuration.zone, weight: configuration.weight,
            hosts: [configuration.advertise], secret: Base64URL.encode(token.secret),
            publicKey: Base64URL.encode(try key.publicKey.derBytes()), stateVersion: StateVersion.newest)
        let answer = try await ask(request, token, configuration)
        guard let welcome = try answer.welcome() else {
            throw StartError(
                "the cluster does not take this node in: \(answer.refusal ?? "no reason given")",
                remedy: "make a new token with dmcheck join-token create, or choose another --name")
        }
        let registry = welcome.registry
        guard let replica = registry.replica(of: .registry, on: node),
            let admin = registry.operators.first(where: { $0.name == Founding.operatorName })
                ?? registry.operators.first
        else { throw StartError("the cluster's answer lacks this node", remedy: "try again with a new token") }
        try CertificateFolder(path: folder.certificates).store(
            CertificateFolder.Contents(
                authority: Certificate(der: registry.secrets.authorityCertificate),
                node: NodeCertificate(certificate: welcome.certificate, key: key)))
        try log.found(
            values: Founding.facts(
                node: node, cluster: registry.cluster, shards: registry.shardCount,
                replicas: registry.replicationFactor, placement: registry.secrets.placement,
                tombstone: registry.secrets.tombstone, operatorHash: admin.secret.bytes),
            groups: [LogCodec.created(.registry, replica: replica, generation: 0)])
        // What it knows of the others until its own replica of the registry has caught up.
        try log.write([
            LogWrite(
                group: LogCodec.group(.registry),
                registryState: LogWrite.RegistryState(applied: 0, bytes: welcome.image))
        ])
    }

    private static func ask(
        _ request: JoinRequest, _ token: JoinToken, _ configuration: NodeConfiguration
    ) async throws -> JoinAnswer {
        let bytes: [UInt8]
        do {
            bytes = try await Joining.ask(
                addresses: configuration.join, authorityFingerprint: token.authorityFingerprint,
                request: try request.encoded())
        } catch let error as JoinError {
            throw StartError(
                "cannot join through \(configuration.join.map(\.description).joined(separator: ", ")): \(error)",
                remedy: "give --join the peer address (--peer) of a member that runs, and a token of that cluster")
        }
        guard let answer = JoinAnswer(encoded: bytes) else {
            throw StartError("the cluster's answer cannot be read", remedy: "start the same version as its members")
        }
        return answer
    }
}
