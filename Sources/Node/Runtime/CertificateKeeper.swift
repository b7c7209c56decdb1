import Coordinator
import Foundation
import Logging
import ServiceLifecycle
import X509

/// Renews the node's certificate while it serves, with the authority that every member's registry holds, and takes the founding
/// node's own copy of the authority's key away once the registry has it.
struct CertificateKeeper: Service {
    let folder: DataFolder
    let node: String
    let network: ClusterNetwork
    /// What clients are shown; `nil` for plain HTTP.
    let served: ServedCertificate?
    let advertise: String
    let logger: Logger

    /// Often enough for a certificate that is renewed a month before it ends.
    private static let interval = Duration.seconds(3600)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                do { try look() } catch {
                    logger.error("the certificate cannot be renewed", metadata: ["error": "\(error)"])
                }
            } while (try? await Task.sleep(for: Self.interval)) != nil
        }
    }

    private func look() throws {
        let certificates = CertificateFolder(path: folder.certificates)
        guard let secrets = network.registry?.secrets, !secrets.authorityKey.isEmpty,
            var contents = try certificates.load(now: Date())
        else { return }
        if contents.authorityKey != nil {
            // From here on the registry keeps it.
            try certificates.removeAuthorityKey()
            contents.authorityKey = nil
        }
        guard contents.node.needsRenewal(hosts: [advertise], now: Date()) else { return }
        let authority = try CertificateAuthority(
            certificateDER: secrets.authorityCertificate, keyDER: secrets.authorityKey)
        contents.node = try authority.issue(node: node, hosts: [advertise], now: Date())
        contents.authorityKey = nil
        try certificates.store(contents)
        network.peers.renew(try PeerCertificates(contents))
        try served?.renew(contents.node.forClients())
        logger.notice("the certificate was renewed")
    }
}

/// Ends when the task is cancelled or the services are to stop.
private func cancelWhenGracefulShutdown(_ body: @escaping @Sendable () async -> Void) async {
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await body() }
        group.addTask { try? await gracefulShutdown() }
        await group.next()
        group.cancelAll()
    }
}
