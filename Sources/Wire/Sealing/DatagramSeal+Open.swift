import Crypto
import Membership

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension DatagramSeal {
    /// Who sealed it, and what is inside. Nothing is remembered of a datagram that is refused.
    package mutating func open(_ bytes: [UInt8]) throws(SealError) -> (sender: UInt128, plain: [UInt8]) {
        let header = try Self.header(of: bytes)
        guard let key = keyring.key(header.key) else { throw .unknownKey }
        let secret = senders.subkey(of: header) ?? key.subkey(sender: header.sender, life: header.life)
        let plain: [UInt8]
        do {
            let box = try ChaChaPoly.SealedBox(
                nonce: Self.nonce(header.counter), ciphertext: bytes[SealHeader.byteCount..<tagStart(bytes)],
                tag: bytes[tagStart(bytes)...])
            let content = try ChaChaPoly.open(
                box, using: secret,
                authenticating: Self.authenticated(Array(bytes[..<SealHeader.byteCount]), cluster))
            plain = Array(content)
        } catch {
            throw .forged
        }
        // Only now: a refusal as a repetition is said of genuine datagrams only.
        guard header.sender != sender || header.life != life else { throw .replayed }
        guard senders.admit(header, openedWith: secret) else { throw .replayed }
        return (header.sender, plain)
    }

    private static func header(of bytes: [UInt8]) throws(SealError) -> SealHeader {
        guard bytes.count >= SealHeader.overhead else { throw .tooShort }
        guard bytes.count <= Limits.datagramBytes else { throw .tooLong }
        guard bytes[0] == SealHeader.version else { throw .wrongVersion }
        var input = bytes.span.bytes
        do { return try SealHeader(decoding: &input) } catch { throw .tooShort }
    }

    private func tagStart(_ bytes: [UInt8]) -> Int { bytes.count - SealHeader.tagByteCount }
}
