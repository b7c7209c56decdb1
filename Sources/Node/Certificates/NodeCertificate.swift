import Foundation
import NIOSSL
import SwiftASN1
import X509

/// A node's certificate with its key.
package struct NodeCertificate: Sendable {
    package let certificate: Certificate
    package let key: Certificate.PrivateKey

    /// Short, so that a stolen key is of little use; renewed long before (`architecture.md` §5).
    package static let lifetimeDays = 90
    package static let renewalDays = 60

    /// Whether the key is the certificate's.
    var isWhole: Bool { key.publicKey == certificate.publicKey }

    /// Whether it is past two thirds of its life, not valid yet, or names other hosts than it should.
    package func needsRenewal(hosts: [String], now: Date) -> Bool {
        let renewal = certificate.notValidAfter
            .addingTimeInterval(-Double(Self.lifetimeDays - Self.renewalDays) * 86400)
        return now >= renewal || now < certificate.notValidBefore || !names(hosts)
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
