import Checks
import Coordinator
import HashRing

/// What a simulated cluster is founded with.
package struct ClusterDesign: Sendable {
    package var shardCount = 4
    package var replicationFactor = 3
    /// By name, with the hash of their secret.
    package var operators: [(name: String, secret: SecretHash)] = []

    package init() {}

    /// A node of the cluster. Its placement is a plain hash: nobody here is kept from knowing who shares a shard.
    func identity(_ node: NodeID, name: String, port: Int) -> NodeIdentity {
        let shardCount = shardCount
        var identity = NodeIdentity(
            node: node, cluster: "simulated", name: name, http: "127.0.0.1:\(port)", peer: "127.0.0.1:\(port + 1)",
            zone: "", weight: 1, shardCount: shardCount, replicationFactor: replicationFactor,
            placement: { key in
                let hash: UInt64 =
                    switch key {
                    case .user(let name): fnv(Array(name.folded.utf8))
                    case .client(let client): fnv(Array("c:\(client)".utf8))
                    }
                return ShardID.all(count: shardCount)[Int(hash % UInt64(shardCount))]
            },
            inviteDigest: { digest(Array($0.utf8)) },
            foundingOperators: operators)
        identity.secrets.gossip = [ClusterSecrets.GossipKey(number: 1, bytes: [UInt8](repeating: 1, count: 32))]
        return identity
    }
}

/// 32 bytes that stand for a cryptographic digest.
private func digest(_ bytes: [UInt8]) -> [UInt8] {
    (UInt8(0)..<4).flatMap { round in withUnsafeBytes(of: fnv([round] + bytes)) { Array($0) } }
}

/// FNV-1a, stirred once more so that its low bits are as good as the others.
private func fnv(_ bytes: [UInt8]) -> UInt64 {
    let hash = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93 >> 16
}
