import Crypto

/// Hashes of what is never kept in the clear.
enum Digests {
    /// SHA-256, 32 bytes.
    static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}
