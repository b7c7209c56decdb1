import Checks
import Consensus
import HashRing
import Wire

/// What is done to a registry while no node runs: a backup keeps it, a restore makes it a new cluster's, and a recovery
/// brings a replica up to the end of its log.
extension Registry {
    /// The image as a backup keeps it: with the two keys that the shards' contents depend on, without those that make a node a
    /// member. A restored cluster has an authority and gossip keys of its own.
    package func imageForBackup() throws(WireError) -> [UInt8] {
        var copy = self
        copy.secrets = ClusterSecrets()
        copy.secrets.placement = secrets.placement
        copy.secrets.tombstone = secrets.tombstone
        return try copy.image()
    }

    /// The image as `node.db` keeps it.
    package func imageForLog() throws(WireError) -> [UInt8] { try image() }

    /// The registry of a new cluster that goes on with this one's services, settings and shards: `founder` is its only member
    /// and holds everything, and there is one operator, with a new secret. Tokens to join and nodes that were removed belong to
    /// the old cluster.
    package func founded(
        as cluster: String, by founder: Member, operator name: String, _ secret: SecretHash, secrets: ClusterSecrets
    ) -> Registry {
        var registry = self
        let layout = Layout(
            shardCount: shardCount, replicationFactor: replicationFactor, node: founder.node, secrets: secrets)
        registry.cluster = cluster
        registry.operators = [Operator(name: name, secret: secret)]
        registry.joinTokens = []
        registry.removed = []
        registry.pins = []
        registry.shardCount = 0
        var member = founder
        member.joined = version + 1
        registry.members = [member]
        _ = registry.layOut(layout)
        return registry
    }

    /// Applies the commands of entries that its log holds beyond it.
    ///
    /// - Throws: ``WireError`` for an entry of a later version; this registry is then of no use.
    package mutating func replay(_ commands: [[UInt8]]) throws(WireError) {
        for command in commands {
            let entry = try RegistryEntry(encoded: command)
            _ = apply(entry.command, at: entry.stamp, faults: [])
        }
    }

    /// Which node holds which replica of a group.
    package func holders(of group: GroupKey) -> [Replica] { Array(replicas(of: group)) }
}

extension Registry.Member {
    /// A member that takes shards, as a restore writes it: where it is reached it says itself when it starts.
    package init(restored node: NodeID, name: String, http: String, peer: String) {
        self.init(node: node, name: name, http: http, peer: peer, zone: "", weight: 1, state: .active)
    }
}

extension Coordinator {
    /// Whether this node leads the shard and has taken up what was left: then its file has everything that was acknowledged.
    package func serves(_ shard: ShardID) -> Bool { node.servesHere(shard) }
}
