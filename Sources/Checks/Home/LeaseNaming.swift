import Crypto
import HashRing

/// Makes the ids of leases: the first 128 bits of SHA-256 over the entry's draw, the slot and the ask, so that each ask has its own
/// and nobody outside can guess one.
enum LeaseNaming {
    static func lease(_ draw: Draw, slot: SlotID, ask: UInt64, at shard: ShardID) -> LeaseID {
        var hash = SHA256()
        withUnsafeBytes(of: draw.rawValue.bigEndian) { hash.update(bufferPointer: $0) }
        withUnsafeBytes(of: slot.rawValue.bigEndian) { hash.update(bufferPointer: $0) }
        withUnsafeBytes(of: ask.bigEndian) { hash.update(bufferPointer: $0) }
        let secret = hash.finalize().prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return LeaseID(shard: shard, secret: secret)
    }
}
