import NIOSSL

/// Whose word counts for a node's certificate. The host's name is always verified.
public enum Trust: Hashable, Sendable {
    /// The authorities that this system trusts.
    case system
    /// The authority in this PEM file alone: the cluster's `certs/ca.pem`.
    case authority(file: String)

    /// The TLS configuration that says so.
    ///
    /// - Throws: ``ClientError/badInput(_:)`` when the file cannot be read or holds no certificate.
    package func configuration() throws(ClientError) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        if case .authority(let file) = self {
            let certificates: [NIOSSLCertificate]
            do {
                certificates = try NIOSSLCertificate.fromPEMFile(file)
            } catch {
                throw .badInput("cannot read the authority's certificate from \(file); give a PEM file with --ca")
            }
            guard !certificates.isEmpty else {
                throw .badInput("\(file) holds no certificate; give the cluster's certs/ca.pem with --ca")
            }
            configuration.trustRoots = .certificates(certificates)
        }
        return configuration
    }
}
