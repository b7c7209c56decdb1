import Checks
import Consensus
import Coordinator
import HashRing
import ShardStore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `dmcheck shard recover`: makes this folder's replicas the only voters of the groups that lost their majority for good.
///
/// Everything that a replica has in its log counts from then on, acknowledged or not: nobody is left who could say. It goes on
/// ``step`` entries and terms later, so that no leader of before is ever obeyed, and no other replica, should one turn up, can
/// take its own log for a beginning of this one: it is sent a snapshot.
public enum Recovery {
    /// Entries and terms that are skipped: more than anyone can have been ahead, and few against the 2^47 that there are.
    static let step: UInt64 = 1 << 20

    /// Recovers the folder's shards. The node must not run. When it was broken off, it is done again.
    ///
    /// - Parameter gone: names of the members that are gone for good; `nil`: all others.
    /// - Throws: an error whose `description` is the one line to print.
    public static func run(_ path: String, gone: [String]?, at moment: String) throws -> RecoveryReport {
        PrivateFile.makePrivateByDefault()
        let folder = DataFolder(path: path)
        guard PrivateFile.names(in: folder.path).contains("node.db") else { throw RecoveryError.noNode(folder: path) }
        let lock = try FolderLock(path: folder.processNumber)
        defer { withExtendedLifetime(lock) {} }
        let log = try NodeLog(path: folder.log)
        guard let node = try log.value(for: Fact.node.rawValue).flatMap(NodeID.init),
            let cluster = try log.value(for: Fact.cluster.rawValue),
            let key = try log.value(for: Fact.tombstoneKey.rawValue).flatMap(Base64URL.decode)
        else { throw RecoveryError.noNode(folder: path) }
        let replicas = try log.groups().map { try SurvivingReplica($0, Founding.records(of: $0, in: log)) }
        let registry = try registry(of: replicas, in: log, folder)
        guard let own = registry.member(node) else { throw RecoveryError.noRegistry(folder: path) }
        let lost = try lostNodes(gone, registry, node)
        let chosen = try choose(replicas, registry, lost)
        try refuseIfNothingIsLeft(replicas, registry, lost)

        var writes: [LogWrite] = []
        for replica in chosen { writes.append(try write(for: replica, registry, folder, key, cluster)) }
        try log.write(writes)
        try log.checkpoint()
        let report = RecoveryReport(
            at: moment, cluster: cluster, node: own.name,
            gone: registry.members.filter { lost.contains($0.node) }.map(\.name),
            groups: replicas.map { replica in
                RecoveryReport.Group(
                    name: replica.name, outcome: chosen.contains { $0.key == replica.key } ? .recovered : .leftAlone,
                    lastEntry: replica.last, committedEntry: min(replica.stored.hardState.commit, replica.last))
            })
        try note(report, in: folder)
        return report
    }

    /// The registry with everything that this node's log has of it.
    private static func registry(
        of replicas: [SurvivingReplica], in log: NodeLog, _ folder: DataFolder
    ) throws -> Registry {
        guard let state = try log.registryState(), let own = replicas.first(where: { $0.key == .registry }),
            !own.isEmpty
        else { throw RecoveryError.noRegistry(folder: folder.path) }
        do {
            var registry = try Registry(image: state.bytes)
            // A newcomer's image is newer than the log that it has: it was given it.
            if state.applied > 0 { try registry.replay(own.commands(after: state.applied).compactMap(\.command)) }
            return registry
        } catch {
            throw RecoveryError.damaged(file: folder.log)
        }
    }

    private static func lostNodes(
        _ gone: [String]?, _ registry: Registry, _ own: NodeID
    ) throws(RecoveryError) -> Set<NodeID> {
        guard let gone else { return Set(registry.members.map(\.node).filter { $0 != own }) }
        var lost: Set<NodeID> = []
        for name in gone {
            guard let member = registry.member(named: name), member.node != own else { throw .unknownNode(name: name) }
            lost.insert(member.node)
        }
        return lost
    }

    /// The groups that go on with this node's replica alone.
    private static func choose(
        _ replicas: [SurvivingReplica], _ registry: Registry, _ lost: Set<NodeID>
    ) throws(RecoveryError) -> [SurvivingReplica] {
        var chosen: [SurvivingReplica] = []
        for replica in replicas {
            let holders = registry.holders(of: replica.key)
            let survivors = Set(holders.filter { !lost.contains($0.node) }.map(\.id)).union([replica.id])
            switch replica.standing(among: survivors) {
            case .leftAlone: continue
            case .alone: chosen.append(replica)
            case .among(let others):
                let nodes = holders.filter { others.contains($0.id) }.compactMap { registry.member($0.node)?.name }
                throw .severalSurvivors(group: replica.name, nodes: nodes)
            }
        }
        return chosen
    }

    /// A cluster that goes on without one of its shards would refuse that shard's users for ever.
    private static func refuseIfNothingIsLeft(
        _ replicas: [SurvivingReplica], _ registry: Registry, _ lost: Set<NodeID>
    ) throws(RecoveryError) {
        let held = Set(replicas.filter { !$0.isEmpty }.map(\.key))
        let empty = Set(replicas.filter(\.isEmpty).map { $0.id })
        let missing = ShardID.all(count: registry.shardCount).filter { shard in
            !held.contains(.shard(shard))
                && !registry.holders(of: .shard(shard)).contains { !lost.contains($0.node) && !empty.contains($0.id) }
        }
        guard missing.isEmpty else { throw .nothingLeft(shards: missing.map(\.description)) }
    }

    /// Brings the shard's file to the end of its log and beyond it, durably, and says what the log must then hold. The file goes
    /// first: until the log follows, the node does not start, and this is done again.
    private static func write(
        for replica: SurvivingReplica, _ registry: Registry, _ folder: DataFolder, _ tombstoneKey: [UInt8],
        _ cluster: String
    ) throws -> LogWrite {
        let term = replica.lastTerm + step
        var next = replica.last + step
        var state: LogWrite.RegistryState?
        switch replica.key {
        case .registry: state = LogWrite.RegistryState(applied: next, bytes: try registry.imageForLog())
        case .shard(let shard):
            let machine = try ShardMachine(
                path: folder.shard(shard, generation: replica.stored.generation), shard: shard,
                tombstoneKey: tombstoneKey, cluster: cluster, creating: false)
            try machine.checkFile()
            next = max(next, machine.appliedIndex + 1)
            _ = try machine.apply(replica.commands(after: machine.appliedIndex) + [(next, term, nil)])
            _ = try machine.checkpoint()
        }
        return LogWrite(
            group: replica.stored.group, hardState: LogWrite.HardState(term: term, vote: 0, commit: next),
            registryState: state,
            install: LogWrite.Installation(
                baseIndex: next, baseTerm: term, configuration: LogCodec.encode(Configuration(voters: [replica.id])),
                generation: replica.stored.generation))
    }

    /// Appends a line to `recoveries.log` of the folder.
    private static func note(_ report: RecoveryReport, in folder: DataFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = try encoder.encode(report) + [0x0A]
        let path = folder.recoveries
        try PrivateFile.write((try PrivateFile.read(path) ?? []) + line, to: path)
    }
}

extension DataFolder {
    /// What was done to this folder when majorities were lost, a line of JSON for each time.
    var recoveries: String { path + "/recoveries.log" }
}
