import SwiftASN1
import X509

extension CertificateAuthority {
    /// The authority from the bytes that the registry keeps: both parts in DER.
    ///
    /// - Throws: what is wrong with the bytes, or ``CertificateMismatch`` when the key is another's.
    package init(certificateDER: [UInt8], keyDER: [UInt8]) throws {
        let certificate = try Certificate(der: certificateDER)
        let key = try Certificate.PrivateKey(derBytes: keyDER)
        guard key.publicKey == certificate.publicKey else { throw CertificateMismatch() }
        self.init(certificate: certificate, key: key)
    }

    /// Its private key in DER: whoever has it can make members.
    package func keyDER() throws -> [UInt8] { try key.serializeAsPEM().derBytes }
}

/// A key and a certificate that do not belong together.
package struct CertificateMismatch: Error {}

extension Certificate {
    /// A certificate as it travelled.
    package init(der: [UInt8]) throws {
        try self.init(derEncoded: der)
    }

    /// As it travels and is hashed.
    package func derBytes() throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.serialize(self)
        return serializer.serializedBytes
    }

    /// SHA-256 of the DER form: how a join token names the authority.
    package func fingerprint() throws -> [UInt8] { Digests.sha256(try derBytes()) }
}

extension Certificate.PublicKey {
    /// A key from its `SubjectPublicKeyInfo`, which is how a node asks for a certificate.
    package init(der: [UInt8]) throws {
        try self.init(derEncoded: der)
    }

    /// The key as `SubjectPublicKeyInfo` in DER.
    package func derBytes() throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.serialize(self)
        return serializer.serializedBytes
    }
}
