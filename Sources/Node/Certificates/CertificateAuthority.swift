import Crypto
import Foundation
import SwiftASN1
import X509

/// The cluster's own authority, made once when the cluster is founded: P-256 (the Architecture article).
package struct CertificateAuthority: Sendable {
    package let certificate: Certificate
    package let key: Certificate.PrivateKey

    /// How long an authority lasts: longer than any node, since nothing replaces it.
    static let lifetimeDays = 3650
    /// Nodes' clocks may differ a little from the founder's.
    static let backdateSeconds = 3600.0
    /// What its common name says before the cluster's id.
    private static let nameHead = "dmcheck cluster "

    /// A new authority, signed by itself. Its path length is 0: it signs nodes and nothing else.
    package static func found(cluster: String, now: Date) throws -> CertificateAuthority {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let name = try DistinguishedName {
            OrganizationName("dmcheck")
            CommonName("\(nameHead)\(cluster)")
        }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: now.addingTimeInterval(-backdateSeconds),
            notValidAfter: now.addingTimeInterval(Double(lifetimeDays) * 86400),
            issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: key.publicKey)
            },
            issuerPrivateKey: key)
        return CertificateAuthority(certificate: certificate, key: key)
    }

    package init(certificate: Certificate, key: Certificate.PrivateKey) {
        self.certificate = certificate
        self.key = key
    }

    /// The id of its cluster, as its certificate says; empty when it says none.
    package var cluster: String {
        for relative in certificate.subject {
            for attribute in relative where attribute.type == .RDNAttributeType.commonName {
                let name = String(describing: attribute.value)
                if name.hasPrefix(Self.nameHead) { return String(name.dropFirst(Self.nameHead.count)) }
            }
        }
        return ""
    }

    /// A certificate with a new key for a node, as server and as client.
    ///
    /// - Parameter hosts: names and addresses by which the node is reached, besides the loopback's.
    package func issue(node: String, hosts: [String], now: Date) throws -> NodeCertificate {
        let nodeKey = NodeCertificate.newKey()
        return NodeCertificate(
            certificate: try issue(for: nodeKey.publicKey, node: node, hosts: hosts, now: now), key: nodeKey)
    }

    /// A certificate for a key that the node made itself and never shows: how a newcomer gets its first and a member its
    /// next one.
    ///
    /// That the node holds the key is proven by each handshake that uses the certificate, not here.
    package func issue(for publicKey: Certificate.PublicKey, node: String, hosts: [String], now: Date) throws
        -> Certificate
    {
        try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: publicKey,
            notValidBefore: now.addingTimeInterval(-Self.backdateSeconds),
            notValidAfter: now.addingTimeInterval(Double(NodeCertificate.lifetimeDays) * 86400),
            issuer: self.certificate.subject,
            subject: DistinguishedName {
                OrganizationName("dmcheck")
                CommonName(node)
            },
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth, .clientAuth])
                SubjectKeyIdentifier(hash: publicKey)
                AuthorityKeyIdentifier(
                    keyIdentifier: SubjectKeyIdentifier(hash: self.certificate.publicKey).keyIdentifier)
                SubjectAlternativeNames(
                    Self.hostNames(hosts)
                        + [.uniformResourceIdentifier(PeerIdentity.uri(cluster: cluster, node: node))])
            },
            issuerPrivateKey: key)
    }

    private static func hostNames(_ hosts: [String]) -> [GeneralName] {
        var seen: Set<String> = []
        return (["localhost", "127.0.0.1", "::1"] + hosts).filter { !$0.isEmpty && seen.insert($0).inserted }
            .map { host in
                if let address = IPAddress.bytes(of: host) {
                    .ipAddress(ASN1OctetString(contentBytes: address[...]))
                } else {
                    .dnsName(host)
                }
            }
    }
}
