import Crypto
import Foundation
import NIOSSL
import SwiftASN1
import X509

/// A node's certificate with its key.
package struct NodeCertificate: Sendable {
    package let certificate: Certificate
    package let key: Certificate.PrivateKey

    /// Short, so that a stolen key is of little use; renewed long before.
    package static let lifetimeDays = 90
    package static let renewalDays = 60

    package init(certificate: Certificate, key: Certificate.PrivateKey) {
        self.certificate = certificate
        self.key = key
    }

    /// A key for a certificate to come: P-256.
    package static func newKey() -> Certificate.PrivateKey { Certificate.PrivateKey(P256.Signing.PrivateKey()) }

    /// Whether the key is the certificate's.
    package var isWhole: Bool { key.publicKey == certificate.publicKey }

    /// Whether it is past two thirds of its life, not valid yet, or names other hosts than it should.
    package func needsRenewal(hosts: [String], now: Date) -> Bool {
        let renewal = certificate.notValidAfter
            .addingTimeInterval(-Double(Self.lifetimeDays - Self.renewalDays) * 86400)
        return now >= renewal || now < certificate.notValidBefore || !names(hosts)
    }

    /// Whether it says whose it is, as peers ask; certificates from before there were peers do not.
    func names(cluster: String, node: String) -> Bool {
        guard let names = try? certificate.extensions.subjectAlternativeNames else { return false }
        return names.contains(.uniformResourceIdentifier(PeerIdentity.uri(cluster: cluster, node: node)))
    }

    private func names(_ hosts: [String]) -> Bool {
        guard let names = try? certificate.extensions.subjectAlternativeNames else { return false }
        return hosts.filter { !$0.isEmpty }.allSatisfy { host in
            let wanted = IPAddress.bytes(of: host)
            return names.contains { name in
                switch name {
                case .dnsName(let dns): wanted == nil && dns == host
                case .ipAddress(let address): wanted.map { Array(address.bytes) == $0 } ?? false
                default: false
                }
            }
        }
    }

    /// What it takes to serve clients with it.
    func forClients() throws -> TLSConfiguration {
        let (certificate, key) = try forTLS()
        return HTTPFaceConfiguration.tls(certificates: [certificate], key: key)
    }

    /// What NIOSSL needs to serve with it.
    package func forTLS() throws -> (certificate: NIOSSLCertificate, key: NIOSSLPrivateKey) {
        let key = try NIOSSLPrivateKey(bytes: Array(self.key.serializeAsPEM().pemString.utf8), format: .pem)
        return (try certificate.forTLS(), key)
    }
}

extension CertificateAuthority {
    /// What NIOSSL needs to trust it.
    package func forTLS() throws -> NIOSSLCertificate { try certificate.forTLS() }
}

extension Certificate {
    /// The certificate in NIOSSL's type.
    package func forTLS() throws -> NIOSSLCertificate {
        try NIOSSLCertificate(bytes: Array(serializeAsPEM().pemString.utf8), format: .pem)
    }
}
