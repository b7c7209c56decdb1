import Crypto
import Membership

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Seals what one node sends and opens what it receives: ChaCha20-Poly1305 (RFC 8439) under keys that the whole cluster
/// shares, with the cluster's id bound in.
///
/// - No nonce repeats under a key: each process seals with a subkey of its own and counts.
/// - What was opened is never opened again, nor what was sealed before its sender's last start, nor what this node has
///   sealed itself.
/// - It costs 61 bytes.
///
/// What it does not do: it is not bound to a receiver, and who was just started remembers nothing, so a datagram can be
/// shown once to each node that did not get it. Membership's incarnations make that harmless. And the key says that a
/// node sealed it, not which: nodes trust each other that far.
package struct DatagramSeal: Sendable {
    /// Bytes in front of the sealed content.
    package static let headerByteCount = SealHeader.byteCount
    /// All bytes that sealing adds.
    package static let overhead = SealHeader.overhead

    let cluster: UInt128
    let sender: UInt128
    let life: Life
    private(set) var keyring: Keyring
    private var subkey: SymmetricKey
    private var counter: UInt64 = 0
    var senders = Senders()

    /// How many senders are remembered.
    package var senderCount: Int { senders.count }

    /// `sender`: this node's id. `boot`: the number of this start; it must be greater than that of every start before,
    /// or nobody hears this node. `salt`: random.
    package init(
        cluster: UInt128, sender: UInt128, boot: UInt64, keyring: Keyring, salt: UInt64 = .random(in: .min ... .max)
    ) {
        self.cluster = cluster
        self.sender = sender
        self.keyring = keyring
        life = Life(boot: boot, salt: salt)
        subkey = keyring.primary.subkey(sender: sender, life: life)
    }

    /// Changes the keys. What is counted goes on, so a key that comes back meets no nonce twice.
    package mutating func adopt(_ keyring: Keyring) {
        self.keyring = keyring
        subkey = keyring.primary.subkey(sender: sender, life: life)
        senders.forgetSubkeys()
    }

    /// The bytes to send. Throws ``SealError/tooLong`` above ``Limits/plainBytes``, and nothing else.
    package mutating func seal(_ plain: [UInt8]) throws(SealError) -> [UInt8] {
        guard plain.count <= Limits.plainBytes else { throw .tooLong }
        // Overflow would trap, and must: a nonce never repeats. At a million datagrams a second it takes 584,000 years.
        counter += 1
        let header = SealHeader(key: keyring.primaryNumber, sender: sender, life: life, counter: counter).bytes()
        do {
            let box = try ChaChaPoly.seal(
                plain, using: subkey, nonce: Self.nonce(counter), authenticating: Self.authenticated(header, cluster))
            return header + box.ciphertext + box.tag
        } catch {
            preconditionFailure("a key of 32 bytes and a nonce of 12 seal anything")
        }
    }

    /// Four zero bytes and the counter.
    static func nonce(_ counter: UInt64) throws -> ChaChaPoly.Nonce {
        try ChaChaPoly.Nonce(data: [0, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * $0)) })
    }

    /// What is authenticated beside the content.
    static func authenticated(_ header: [UInt8], _ cluster: UInt128) -> [UInt8] {
        header + MemberID(rawValue: cluster).bytes()
    }
}
