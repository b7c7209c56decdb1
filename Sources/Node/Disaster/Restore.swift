import Checks
import Consensus
import Coordinator
import Crypto
import HashRing
import ShardStore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a restore has made.
public struct RestoreReport: Codable, Hashable, Sendable {
    /// The new cluster's id.
    public var cluster: String
    /// The cluster that the backup was taken from.
    public var from: String
    /// When it was taken, RFC 3339.
    public var takenAt: String
    /// Shards restored.
    public var shards: Int
}

/// `dmcheck restore`: a backup becomes the data folder of a *new* cluster of one node.
///
/// New are the cluster's id, the node, the authority with its certificates, the gossip key and the operator's token. What the
/// shards' contents depend on stays: their number, the placement key and the tombstone key. Services, settings and invitations
/// stay; so do users, tasks, verdicts, clients, and the leases that were live: they go on, or expire.
public enum Restore {
    /// Restores into a folder that is empty or does not exist. O(size of the backup).
    ///
    /// The backup is read and verified as a whole before anything is made. `node.db` comes last and in one step: a folder in
    /// which this was broken off is refused by `dmcheck start`.
    ///
    /// - Throws: an error whose `description` is the one line to print; the folder is then as it was.
    public static func run(_ file: String, into path: String) throws -> RestoreReport {
        PrivateFile.makePrivateByDefault()
        let manifest = try BackupReader.check(file).manifest
        guard let image = Base64URL.decode(manifest.registry), let registry = try? Registry(image: image),
            registry.cluster == manifest.cluster, registry.shardCount == manifest.shards
        else { throw BackupError.damaged(file: file, detail: "its registry cannot be read") }
        let folder = DataFolder(path: path)
        guard PrivateFile.names(in: folder.path).isEmpty else { throw BackupError.occupied(folder: folder.path) }
        let existed = BackupStream.exists(folder.path)
        do {
            try folder.make()
            let lock = try FolderLock(path: folder.processNumber)
            let report = try fill(folder, from: file, manifest, registry)
            withExtendedLifetime(lock) {}
            return report
        } catch {
            clear(folder, existed: existed)
            throw error
        }
    }

    private static func fill(
        _ folder: DataFolder, from file: String, _ manifest: BackupManifest, _ old: Registry
    ) throws -> RestoreReport {
        var random = SystemRandomNumberGenerator()
        let node = NodeID(rawValue: UInt128.random(in: 1 ... .max, using: &random))
        let cluster = NodeID(rawValue: UInt128.random(in: 1 ... .max, using: &random)).description
        try extract(file, into: folder)
        let applied = try adopt(folder, manifest, old.secrets.tombstone, by: cluster)
        let certificates = try CertificateFolder(path: folder.certificates).prepare(
            cluster: cluster, node: node.description, hosts: [], mayFound: true, now: Date())
        let secret = Base64URL.encode((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        guard let hash = SecretHash(ofSecret: secret.utf8) else {
            throw StartError("the operator's token cannot be made", remedy: "report this: it is a bug")
        }
        try PrivateFile.write(Array("op-\(Founding.operatorName).\(secret)\n".utf8), to: folder.operatorToken)
        var secrets = old.secrets
        secrets.authorityCertificate = try certificates.authority.derBytes()
        if let key = certificates.authorityKey {
            secrets.authorityKey = try CertificateAuthority(certificate: certificates.authority, key: key).keyDER()
        }
        secrets.gossip = [
            ClusterSecrets.GossipKey(
                number: 1, bytes: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        ]
        // Where it is reached it says when it starts.
        let founder = Registry.Member(restored: node, name: "restored", http: "127.0.0.1:7480", peer: "127.0.0.1:7481")
        let registry = old.founded(
            as: cluster, by: founder, operator: Founding.operatorName, hash, secrets: secrets)
        try writeLog(folder, node, registry, hash, applied)
        return RestoreReport(
            cluster: cluster, from: manifest.cluster, takenAt: manifest.takenAt, shards: manifest.shards)
    }

    /// The shards' files as they are in the backup, of the first generation.
    private static func extract(_ file: String, into folder: DataFolder) throws {
        var open: (shard: Int, stream: BackupStream)?
        _ = try BackupReader(path: file).shards { (shard, chunk) throws(BackupError) in
            if open?.shard != shard {
                try open?.stream.sync()
                let name = ShardFolder.name(shard: UInt16(clamping: shard), generation: 1)
                open = (shard, try BackupStream.creating("\(folder.shards)/\(name)"))
            }
            try open?.stream.write(chunk)
        }
        try open?.stream.sync()
    }

    /// Opens and checks every shard's file, makes it the new cluster's, and has all of them agree.
    ///
    /// - Returns: how far each has applied its log.
    private static func adopt(
        _ folder: DataFolder, _ manifest: BackupManifest, _ tombstoneKey: [UInt8], by cluster: String
    ) throws -> [UInt64] {
        var machines: [ShardID: ShardMachine] = [:]
        for shard in ShardID.all(count: manifest.shards) {
            let machine = try ShardMachine(
                path: folder.shard(shard, generation: 1), shard: shard, tombstoneKey: tombstoneKey,
                cluster: manifest.cluster, creating: false)
            try machine.checkFile()
            try machine.adopt(by: cluster)
            machines[shard] = machine
        }
        try ShardMachine.reconcile(machines)
        return try machines.keys.sorted().compactMap { try machines[$0]?.checkpoint() }
    }

    /// `node.db` with its identity, the registry, and each group's only replica, whose log begins behind what its file holds.
    private static func writeLog(
        _ folder: DataFolder, _ node: NodeID, _ registry: Registry, _ hash: SecretHash, _ applied: [UInt64]
    ) throws {
        let voters = LogCodec.encode(Configuration(voters: [Layout.firstReplica]))
        let groups = ([registryIndex] + applied).enumerated().map { number, index in
            let term: UInt64 = index == 0 ? 0 : 1
            return StoredGroup(
                group: GroupID(rawValue: UInt16(clamping: number)), replica: Layout.firstReplica.rawValue,
                hardState: LogWrite.HardState(term: term, vote: 0, commit: index), baseIndex: index, baseTerm: term,
                configuration: voters)
        }
        let facts = Founding.facts(
            node: node, cluster: registry.cluster, shards: registry.shardCount, replicas: registry.replicationFactor,
            placement: registry.secrets.placement, tombstone: registry.secrets.tombstone, operatorHash: hash.bytes)
        let state = LogWrite.RegistryState(applied: registryIndex, bytes: try registry.imageForLog())
        let temporary = folder.log + ".part"
        try write(facts, groups, state, into: temporary)
        try BackupStream.move(temporary, to: folder.log)
    }

    /// The log is closed on return: nothing lies beside its file.
    private static func write(
        _ facts: [(key: String, value: String)], _ groups: [StoredGroup], _ state: LogWrite.RegistryState,
        into path: String
    ) throws(StoreError) {
        let log = try NodeLog(path: path)
        try log.found(values: facts, groups: groups)
        try log.write([LogWrite(group: LogCodec.group(.registry), registryState: state)])
        try log.checkpoint()
    }

    /// What the registry's log begins with: any index but zero, which says that there is no registry yet.
    private static let registryIndex: UInt64 = 1

    private static func clear(_ folder: DataFolder, existed: Bool) {
        // What cannot be removed is told by the next attempt: the folder is not empty.
        for name in PrivateFile.names(in: folder.path) {
            try? FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
        }
        if !existed { try? FileManager.default.removeItem(atPath: folder.path) }
    }
}
