import Checks
import Consensus
import Coordinator
import Crypto
import HashRing
import ShardStore

/// A node as its folder says it is: read at start, or minted when the folder is empty.
struct FoundNode: Sendable {
    let identity: IdentityFile
    let node: NodeID
    /// Replicas that a shard is to have, as the founding said.
    let replicas: Int
    let keys: ClusterKeys
    let operatorSecret: SecretHash
    let groups: [StoredGroup]
    let records: [[LogRecord]]
    let registry: LogWrite.RegistryState?
}

/// Facts of a node's identity in `node.db`.
enum Fact: String {
    case node, cluster, shards, replicas, placementKey, tombstoneKey, operatorHash, starts
}

/// Opens a data folder, founding a new cluster in an empty one.
///
/// Founding is one transaction that writes the identity and the first configurations; nothing else ever writes one. What
/// comes before it (the token) is written again by the next attempt, what comes after it (`node.json`) is made from it.
enum Founding {
    /// The name of the operator whose token the founding node keeps.
    static let operatorName = "admin"

    /// The only replica of a group when its cluster is founded.
    static let firstReplica = Layout.firstReplica

    static func open(_ configuration: NodeConfiguration, in folder: DataFolder) async throws -> FoundNode {
        let known = try IdentityFile.read(folder.identity)
        let logExists = PrivateFile.names(in: folder.path).contains("node.db")
        if known != nil, !logExists {
            throw StartError(
                "\(folder.path) has lost its node.db",
                remedy:
                    "a node that forgot its votes must not come back: remove it from the cluster and start anew in an empty folder"
            )
        }
        if known == nil, !logExists, !PrivateFile.names(in: folder.shards).isEmpty {
            throw StartError(
                "\(folder.path) holds shards but neither node.json nor node.db",
                remedy: "restore both from a backup of this folder, or start with an empty --data")
        }
        let log = try NodeLog(path: folder.log)
        if try log.value(for: Fact.node.rawValue) == nil {
            if known != nil {
                throw StartError(
                    "node.db of \(folder.path) has no identity but node.json has",
                    remedy: "restore node.db from a backup of this folder, or start anew in an empty one")
            }
            if configuration.join.isEmpty {
                try found(configuration, folder, log)
            } else {
                try await JoiningFolder.found(configuration, folder, log)
            }
        }
        return try read(configuration, folder, log, known: known)
    }

    private static func found(_ configuration: NodeConfiguration, _ folder: DataFolder, _ log: NodeLog) throws {
        guard (1...1024).contains(configuration.shards) else {
            throw StartError("--shards \(configuration.shards) is out of range", remedy: "choose 1 to 1024")
        }
        var random = SystemRandomNumberGenerator()
        let keys = ClusterKeys.make()
        let node = NodeID(rawValue: UInt128.random(in: 1 ... .max, using: &random))
        let cluster = NodeID(rawValue: UInt128.random(in: 1 ... .max, using: &random))
        let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let secretText = Base64URL.encode(secret)
        let hash = SHA256.hash(data: Array(secretText.utf8))
        try PrivateFile.write(Array("op-\(operatorName).\(secretText)\n".utf8), to: folder.operatorToken)
        let voters = LogCodec.encode(Configuration(voters: [firstReplica]))
        let groups = (0...configuration.shards).map { number in
            StoredGroup(
                group: GroupID(rawValue: UInt16(number)), replica: firstReplica.rawValue,
                hardState: LogWrite.HardState(term: 0, vote: 0, commit: 0), baseIndex: 0, baseTerm: 0,
                configuration: voters)
        }
        try log.found(
            values: facts(
                node: node, cluster: cluster.description, shards: configuration.shards,
                replicas: configuration.replicas, placement: keys.placement, tombstone: keys.tombstone,
                operatorHash: Array(hash)),
            groups: groups)
    }

    /// A node's identity as `node.db` keeps it.
    static func facts(
        node: NodeID, cluster: String, shards: Int, replicas: Int, placement: [UInt8], tombstone: [UInt8],
        operatorHash: [UInt8]
    ) -> [(key: String, value: String)] {
        let values: [(Fact, String)] = [
            (.node, node.description), (.cluster, cluster), (.shards, String(shards)),
            (.replicas, String(replicas)), (.placementKey, Base64URL.encode(placement)),
            (.tombstoneKey, Base64URL.encode(tombstone)), (.operatorHash, Base64URL.encode(operatorHash)),
            (.starts, "0"),
        ]
        return values.map { ($0.0.rawValue, $0.1) }
    }

    private static func read(
        _ configuration: NodeConfiguration, _ folder: DataFolder, _ log: NodeLog, known: IdentityFile?
    ) throws -> FoundNode {
        let damaged = StartError(
            "node.db of \(folder.path) lacks a part of its identity", remedy: "restore it from a backup of this folder")
        func fact(_ fact: Fact) throws -> String {
            guard let value = try log.value(for: fact.rawValue) else { throw damaged }
            return value
        }
        guard let node = NodeID(try fact(.node)), let shards = Int(try fact(.shards)),
            let replicas = Int(try fact(.replicas)),
            let placement = Base64URL.decode(try fact(.placementKey)),
            let tombstone = Base64URL.decode(try fact(.tombstoneKey)),
            let hash = Base64URL.decode(try fact(.operatorHash)).flatMap(SecretHash.init)
        else { throw damaged }
        let cluster = try fact(.cluster)
        if let known, known.node != node.description || known.cluster != cluster {
            throw StartError(
                "node.json and node.db of \(folder.path) belong to different nodes or clusters",
                remedy: "put back the node.json that belongs to this node.db, or start with the right --data")
        }
        let identity = IdentityFile(
            node: node.description, cluster: cluster, name: configuration.name,
            http: configuration.http.description,
            peer: configuration.peer.description, shards: shards, insecureHTTP: configuration.insecureHTTP,
            starts: try nextStart(folder, log, known: known))
        let groups = try log.groups()
        guard groups.first?.group == GroupID(rawValue: 0) else { throw damaged }
        return FoundNode(
            identity: identity, node: node, replicas: replicas,
            keys: ClusterKeys(placement: placement, tombstone: tombstone),
            operatorSecret: hash, groups: groups, records: try groups.map { try records(of: $0, in: log) },
            registry: try log.registryState())
    }

    /// The number of this start, above every one before: peers refuse what is sealed under a number that they have seen
    /// pass. Both files keep it, since either may be lost or come back from a backup of yesterday.
    private static func nextStart(_ folder: DataFolder, _ log: NodeLog, known: IdentityFile?) throws -> UInt64 {
        let kept = try log.value(for: Fact.starts.rawValue).flatMap(UInt64.init)
        // A node.db of an earlier version does not count starts.
        guard let last = [kept, known.map { $0.starts ?? 0 }].compactMap(\.self).max() else {
            throw StartError(
                "\(folder.path) has lost its node.json, and with it the number of this node's starts",
                remedy: "restore it from a backup of this folder, or remove the node and join anew with an empty one")
        }
        try log.set(String(last + 1), for: Fact.starts.rawValue)
        return last + 1
    }

    /// Everything that a group's log holds.
    static func records(of group: StoredGroup, in log: NodeLog) throws -> [LogRecord] {
        var records: [LogRecord] = []
        while true {
            let more = try log.records(of: group.group, from: (records.last?.index ?? group.baseIndex) + 1)
            if more.isEmpty { return records }
            records += more
        }
    }
}
