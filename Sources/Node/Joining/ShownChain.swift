import NIOSSL
import X509

/// The certificates that the other side of a join link shows: its own first.
struct ShownChain: Sendable {
    private let certificates: [Certificate]

    /// What cannot be read is left out.
    init(_ chain: [NIOSSLCertificate]) {
        certificates = chain.compactMap { shown in
            guard let bytes = try? shown.toDERBytes() else { return nil }
            return try? Certificate(der: bytes)
        }
    }

    /// Whether the authority of this fingerprint is among them and the first is a valid certificate (RFC 5280) of it.
    ///
    /// The fingerprint makes the authority's certificate as good as one that was here before.
    func leads(to fingerprint: [UInt8]) async -> Bool {
        guard let leaf = certificates.first,
            let authority = certificates.dropFirst().first(where: { (try? $0.fingerprint()) == fingerprint })
        else { return false }
        var verifier = Verifier(rootCertificates: CertificateStore([authority])) { RFC5280Policy() }
        switch await verifier.validate(leaf: leaf, intermediates: CertificateStore()) {
        case .validCertificate: return true
        case .couldNotValidate: return false
        }
    }
}
