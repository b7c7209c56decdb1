import Checks
import Coordinator
import HashRing

extension NodeIdentity {
    /// A node of a simulated cluster. Its placement is a plain hash: nobody here is kept from knowing who shares a shard.
    package static func simulated(
        shardCount: Int, operators: [(name: String, secret: SecretHash)]
    ) -> NodeIdentity {
        NodeIdentity(
            node: NodeID(rawValue: 1), cluster: "simulated", name: "n1", http: "127.0.0.1:7480", peer: "127.0.0.1:7481",
            zone: "", weight: 1, shardCount: shardCount, replicationFactor: 3,
            placement: { key in
                let hash: UInt64 =
                    switch key {
                    case .user(let name): fnv(Array(name.folded.utf8))
                    case .client(let client): fnv(Array("c:\(client)".utf8))
                    }
                return ShardID.all(count: shardCount)[Int(hash % UInt64(shardCount))]
            },
            inviteDigest: { text in
                (0..<4).flatMap { round in
                    withUnsafeBytes(of: fnv(Array("\(round)\(text)".utf8))) { Array($0) }
                }
            },
            foundingOperators: operators)
    }
}

/// FNV-1a, stirred once more so that its low bits are as good as the others.
private func fnv(_ bytes: [UInt8]) -> UInt64 {
    let hash = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93 >> 16
}
