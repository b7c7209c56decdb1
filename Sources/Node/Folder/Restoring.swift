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

/// What the coordinator starts from: the logs, and how far each shard's file has applied them.
enum Restoring {
    static func node(
        _ found: FoundNode, _ configuration: NodeConfiguration, secrets: ClusterSecrets,
        summaries: [ShardID: ShardSummary], in folder: DataFolder
    ) throws -> RestoredNode {
        let groups = try zip(found.groups, found.records).map { stored, records in
            try group(stored, records, found, summaries, folder)
        }
        var identity = NodeIdentity(
            node: found.node, cluster: found.identity.cluster, name: configuration.name,
            http: configuration.advertisedHTTP.description, peer: configuration.advertisedPeer.description,
            zone: configuration.zone,
            weight: configuration.weight, shardCount: found.identity.shards, replicationFactor: found.replicas,
            placement: found.keys.placement(shards: found.identity.shards),
            inviteDigest: { Digests.sha256(Array($0.utf8)) },
            foundingOperators: [(name: Founding.operatorName, secret: found.operatorSecret)])
        identity.digest = Digests.sha256
        identity.secrets = secrets
        identity.starts = found.identity.starts ?? 0
        return RestoredNode(
            identity: identity, groups: groups,
            registry: found.registry.map { RegistryImage(applied: LogIndex($0.applied), bytes: $0.bytes) },
            summaries: summaries)
    }

    private static func group(
        _ stored: StoredGroup, _ records: [LogRecord], _ found: FoundNode, _ summaries: [ShardID: ShardSummary],
        _ folder: DataFolder
    ) throws -> RestoredNode.Group {
        let shard = ShardID(rawValue: stored.group.rawValue)
        let applied = shard.map { summaries[$0]?.applied ?? 0 } ?? found.registry?.applied ?? 0
        let last = records.last?.index ?? stored.baseIndex
        guard applied >= stored.baseIndex, applied <= last else {
            let file = shard.map { folder.shard($0, generation: stored.generation) } ?? folder.log
            let remedy = "move the data folder away and let this node join again under a new name, or restore a backup"
            guard applied > 0 else {
                throw StartError(
                    "\(file) is missing or empty, and its log goes back to \(stored.baseIndex) only", remedy: remedy)
            }
            throw StartError(
                "\(file) is of another moment than its log (applied \(applied), the log reaches from \(stored.baseIndex) to \(last))",
                remedy: remedy)
        }
        let damaged = StartError(
            "\(folder.log) holds records that cannot be read", remedy: "restore the folder from a backup")
        guard let configuration = LogCodec.configuration(stored.configuration) else { throw damaged }
        let entries = records.compactMap(LogCodec.entry)
        guard entries.count == records.count else { throw damaged }
        let hardState = HardState(
            term: Term(stored.hardState.term),
            vote: stored.hardState.vote == 0 ? nil : ReplicaID(stored.hardState.vote),
            commit: LogIndex(stored.hardState.commit))
        return RestoredNode.Group(
            key: shard.map(GroupKey.shard) ?? .registry, replica: ReplicaID(stored.replica),
            restored: Restored(
                hardState: hardState, base: LogMark(index: LogIndex(stored.baseIndex), term: Term(stored.baseTerm)),
                configuration: configuration, entries: entries, applied: LogIndex(applied)),
            generation: stored.generation)
    }
}
