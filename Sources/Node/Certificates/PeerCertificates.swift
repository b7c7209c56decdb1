import NIOSSL
import X509

/// What a node shows its peers and what it asks of them: TLS 1.3 with both sides verified against the cluster's authority.
///
/// The contexts are made once: building one costs more than a handshake.
package struct PeerCertificates: Sendable {
    /// Whose certificate this is.
    package let identity: PeerIdentity
    /// For connections that peers open.
    let serving: NIOSSLContext
    /// For newcomers, who have no certificate yet: it shows the authority's too, for its fingerprint.
    let admitting: NIOSSLContext
    /// For links to peers.
    let linking: NIOSSLContext
    /// For files to peers.
    let sending: NIOSSLContext

    /// What a connection is for, as both sides agree on it in the handshake (ALPN).
    enum Use: String {
        case link = "dmcheck-link/1"
        case file = "dmcheck-file/1"
        case join = "dmcheck-join/1"
    }

    /// - Throws: ``CertificateMismatch`` when the parts do not belong together, and what NIOSSL says of them.
    package init(authority: Certificate, node: NodeCertificate) throws {
        guard node.isWhole, let identity = PeerIdentity(node.certificate),
            authority.publicKey.isValidSignature(node.certificate.signature, for: node.certificate)
        else { throw CertificateMismatch() }
        self.identity = identity
        let root = try authority.forTLS()
        let (certificate, key) = try node.forTLS()
        func server(_ uses: [Use]) -> TLSConfiguration {
            var tls = TLSConfiguration.makeServerConfiguration(
                certificateChain: [.certificate(certificate), .certificate(root)], privateKey: .privateKey(key))
            tls.minimumTLSVersion = .tlsv13
            tls.applicationProtocols = uses.map(\.rawValue)
            return tls
        }
        var serving = server([.link, .file])
        serving.trustRoots = .certificates([root])
        serving.certificateVerification = .noHostnameVerification
        self.serving = try NIOSSLContext(configuration: serving)
        admitting = try NIOSSLContext(configuration: server([.join]))
        func client(_ use: Use) throws -> NIOSSLContext {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.minimumTLSVersion = .tlsv13
            tls.applicationProtocols = [use.rawValue]
            tls.certificateChain = [.certificate(certificate)]
            tls.privateKey = .privateKey(key)
            tls.trustRoots = .certificates([root])
            tls.certificateVerification = .noHostnameVerification
            return try NIOSSLContext(configuration: tls)
        }
        linking = try client(.link)
        sending = try client(.file)
    }

    /// From what the folder `certs` holds.
    package init(_ contents: CertificateFolder.Contents) throws {
        try self.init(authority: contents.authority, node: contents.node)
    }
}
