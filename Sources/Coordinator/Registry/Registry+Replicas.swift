import Checks
import Consensus
import HashRing

extension Registry {
    /// One replica of a group, and the node that holds it. Ids are given once, so that a node which lost its disk never
    /// votes again under the old one.
    public struct Replica: Hashable, Sendable {
        /// Of which group.
        public var group: GroupKey
        /// Its id.
        public var id: ReplicaID
        /// Who holds it.
        public var node: NodeID

        /// Puts one together.
        public init(group: GroupKey, id: ReplicaID, node: NodeID) {
            self.group = group
            self.id = id
            self.node = node
        }
    }

    /// A shard that an operator wants led by a node.
    public struct Pin: Hashable, Sendable {
        /// Which shard.
        public var shard: ShardID
        /// By whom.
        public var node: NodeID
    }

    /// The member of that id.
    public func member(_ node: NodeID) -> Member? { members.first { $0.node == node } }

    /// The member of that name.
    public func member(named name: String) -> Member? { members.first { $0.name == name } }

    /// The replicas of one group, in order of ids.
    func replicas(of group: GroupKey) -> ArraySlice<Replica> {
        let start = replicas.partitioningIndex { $0.group >= group }
        let end = replicas[start...].firstIndex { $0.group > group } ?? replicas.endIndex
        return replicas[start..<end]
    }

    /// The node that holds a replica; `nil` for one that was removed or is not known yet.
    func node(of replica: ReplicaID, in group: GroupKey) -> NodeID? {
        replicas(of: group).first { $0.id == replica }?.node
    }

    /// The replica of a group that a node holds.
    package func replica(of group: GroupKey, on node: NodeID) -> ReplicaID? {
        replicas(of: group).first { $0.node == node }?.id
    }

    /// Every group in order.
    var groups: [GroupKey] { [.registry] + ShardID.all(count: shardCount).map { .shard($0) } }

    // MARK: Changes

    mutating func layOut(_ layout: Layout) -> RegistryOutcome {
        guard shardCount == 0 else { return .done }
        shardCount = layout.shardCount
        replicationFactor = layout.replicationFactor
        secrets = layout.secrets
        replicas = groups.map { Replica(group: $0, id: Layout.firstReplica, node: layout.node) }
        nextReplica = Layout.firstReplica.rawValue + 1
        changed(configuration: false)
        return .done
    }

    mutating func addReplica(of group: GroupKey, on node: NodeID, _ faults: PlantedFaults) -> RegistryOutcome {
        guard member(node) != nil, groups.contains(group) else { return .refused(.unknownMember) }
        guard replica(of: group, on: node) == nil else { return .done }
        if faults.contains(.inheritVotes),
            let heritage = replicas.firstIndex(where: { $0.group == group && member($0.node)?.isLeaving == true })
        {
            replicas[heritage].node = node
        } else {
            insertReplica(of: group, on: node)
        }
        changed(configuration: false)
        return .done
    }

    mutating func insertReplica(of group: GroupKey, on node: NodeID) {
        let replica = Replica(group: group, id: ReplicaID(nextReplica), node: node)
        nextReplica += 1
        replicas.insert(replica, at: replicas.partitioningIndex { $0.group > group })
    }

    /// Has the shard led by the node, until the node does not take shards any more or another is named.
    mutating func pin(_ shard: ShardID, to node: NodeID) -> RegistryOutcome {
        guard let member = member(node), member.state == .active, !member.isLeaving else {
            return .refused(.unknownMember)
        }
        guard !pins.contains(Pin(shard: shard, node: node)) else { return .done }
        pins.removeAll { $0.shard == shard }
        pins.insert(Pin(shard: shard, node: node), at: pins.partitioningIndex { $0.shard > shard })
        changed(configuration: false)
        return .done
    }

    mutating func removeReplica(_ id: ReplicaID, of group: GroupKey) -> RegistryOutcome {
        guard let position = replicas.firstIndex(where: { $0.group == group && $0.id == id }) else { return .done }
        replicas.remove(at: position)
        changed(configuration: false)
        return .done
    }
}

extension Array {
    /// The first position whose element satisfies `belongs`, where those that do follow those that do not. O(log n).
    func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
