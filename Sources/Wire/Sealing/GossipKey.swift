import Crypto
import Membership

/// One of the keys that the cluster's datagrams are sealed with. All nodes hold it; no datagram is sealed with it
/// itself, only with what ``DatagramSeal`` derives from it.
package struct GossipKey: Sendable {
    /// Keeps these keys apart from all others that might ever be derived from the same secret.
    private static let salt = Array("dmcheck datagram 1".utf8)

    /// Its number: never given to a second key.
    package let number: UInt32
    /// The secret after the first half of HKDF (RFC 5869, section 2.2), which is the same for all senders.
    private let extracted: HashedAuthenticationCode<SHA256>

    /// A key as the registry keeps it. Throws ``KeyringError/keyLength(_:)`` unless it has ``WireLimits/keyBytes``.
    package init(number: UInt32, secret: [UInt8]) throws(KeyringError) {
        guard secret.count == WireLimits.keyBytes else { throw .keyLength(secret.count) }
        self.number = number
        extracted = HKDF<SHA256>.extract(inputKeyMaterial: SymmetricKey(data: secret), salt: Self.salt)
    }

    /// The key that one life of one sender seals with (HKDF's second half, section 2.3). As no two processes share one,
    /// a counter is enough for its nonces: no two of them can ever be equal under one key.
    func subkey(sender: UInt128, life: Life) -> SymmetricKey {
        HKDF<SHA256>.expand(
            pseudoRandomKey: extracted, info: MemberID(rawValue: sender).bytes() + life.bytes(),
            outputByteCount: WireLimits.keyBytes)
    }
}

extension GossipKey: CustomStringConvertible {
    /// The number; a secret is in no log.
    package var description: String { "key \(number)" }
}
