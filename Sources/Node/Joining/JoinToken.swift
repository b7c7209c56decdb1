/// What a newcomer is given, besides an address: how to recognise the cluster, and a secret that lets it in once.
///
/// Written `dmcheck-join-` and, in base64url, a version byte, the SHA-256 of the authority's certificate, and the secret.
package struct JoinToken: Hashable, Sendable {
    /// Bytes of the fingerprint (SHA-256) and of the secret: neither can be guessed.
    package static let partBytes = 32

    /// SHA-256 of the authority's certificate in DER.
    package let authorityFingerprint: [UInt8]
    /// 256 random bits.
    package let secret: [UInt8]

    private static let head = "dmcheck-join-"
    private static let version: UInt8 = 1

    /// A token for a cluster; `nil` when a part has not ``partBytes``.
    ///
    /// - Parameter secret: random bytes; apply and simulation have no randomness of their own, so they are given.
    package init?(authorityFingerprint: [UInt8], secret: [UInt8]) {
        guard authorityFingerprint.count == Self.partBytes, secret.count == Self.partBytes else { return nil }
        self.authorityFingerprint = authorityFingerprint
        self.secret = secret
    }

    /// Reads the text form, and only the one that ``text`` writes.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.head), let bytes = Base64URL.decode(String(text.dropFirst(Self.head.count))),
            bytes.count == 1 + 2 * Self.partBytes, bytes[0] == Self.version
        else { return nil }
        self.init(
            authorityFingerprint: Array(bytes[1...Self.partBytes]), secret: Array(bytes.suffix(Self.partBytes)))
    }

    /// As it is handed to the operator, who hands it to the newcomer.
    package var text: String { Self.head + Base64URL.encode([Self.version] + authorityFingerprint + secret) }

    /// SHA-256 of the secret: what the registry keeps and compares.
    package var secretDigest: [UInt8] { Digests.sha256(secret) }
}

extension JoinToken: CustomStringConvertible {
    /// Never the secret: descriptions end up in logs.
    package var description: String { "\(Self.head)…" }
}
