import Checks
import Coordinator
import Crypto
import HashRing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The keys that are made once, at founding, and never rotate.
struct ClusterKeys: Sendable {
    /// Length of each key in bytes: the output length of SHA-256, the longest that adds strength to HMAC (RFC 2104, section 3).
    static let length = 32

    /// Places keys on shards: without it nobody can compute who shares a shard with whom.
    let placement: [UInt8]
    /// Hashes the names of deleted users.
    let tombstone: [UInt8]

    /// Fresh keys from the system's source of randomness.
    static func make() -> ClusterKeys {
        var random = SystemRandomNumberGenerator()
        func key() -> [UInt8] { (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) } }
        return ClusterKeys(placement: key(), tombstone: key())
    }

    /// The shard of a key: HMAC-SHA-256 under the placement key, its first 64 bits modulo the number of shards.
    func placement(shards: Int) -> @Sendable (PlacementKey) -> ShardID {
        let key = SymmetricKey(data: placement)
        let count = UInt64(shards)
        return { placed in
            let code =
                switch placed {
                case .user(let name): HMAC<SHA256>.authenticationCode(for: Array(name.folded.utf8), using: key)
                case .client(let client): HMAC<SHA256>.authenticationCode(for: Array("c:\(client)".utf8), using: key)
                }
            let head = code.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) }
            // A number of 1...1024 is always a shard's.
            guard let shard = ShardID(rawValue: UInt16(head % count + 1)) else {
                preconditionFailure("a cluster has 1 to 1024 shards")
            }
            return shard
        }
    }
}
