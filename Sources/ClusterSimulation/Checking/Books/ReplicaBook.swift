import Checks
import Consensus
import Coordinator
import HashRing

/// Which replicas there are and which of them vote: that an id begins once, that nobody votes before it has the log, and that
/// no member goes while it holds anything.
struct ReplicaBook {
    private struct Name: Hashable {
        let group: GroupKey
        let replica: ReplicaID
    }

    /// How long before a vote is proposed everything that was committed then must be on the learner's disk.
    private static let lag = Duration.seconds(5)

    private let findings: Findings
    /// On which node each replica began.
    private var origins: [Name: Int] = [:]
    private var voters: Set<Name> = []
    /// How far each shard had come, once a second.
    private var heights: [ShardID: [(time: Duration, index: UInt64)]] = [:]

    init(_ findings: Findings) { self.findings = findings }

    mutating func note(_ index: LogIndex, of shard: ShardID, at time: Duration) {
        if let last = heights[shard]?.last, time - last.time < .seconds(1) { return }
        heights[shard, default: []].append((time, index.rawValue))
    }

    mutating func take(_ effect: Effect, of node: SimulatedNode) {
        switch effect {
        case .persist(_, let write):
            if let replica = write.create { begin(Name(group: write.group, replica: replica), on: node) }
            for entry in write.entries {
                guard case .configuration(let configuration) = entry.payload else { continue }
                for replica in configuration.voters {
                    giveVote(Name(group: write.group, replica: replica), in: node.cluster)
                }
            }
        case .registryChanged(let registry):
            for replica in registry.replicas where registry.member(replica.node) == nil && registry.version > 0 {
                findings.report(
                    "\(node.cluster.name(of: replica.node)) was removed, and still has a replica of \(replica.group)")
            }
        default: break
        }
    }

    /// A voter that forgot its vote must never vote again: what begins anew has a new id.
    private mutating func begin(_ name: Name, on node: SimulatedNode) {
        if let origin = origins[name], origin != node.number {
            findings.report(
                "I2: replica \(name.replica) of \(name.group) begins at \(node.identity.name) with nothing of what it had "
                    + "promised at \(node.cluster.nodes[origin].identity.name)")
        }
        origins[name] = node.number
    }

    private mutating func giveVote(_ name: Name, in cluster: SimulatedCluster) {
        guard name.replica != Layout.firstReplica, voters.insert(name).inserted, case .shard(let shard) = name.group
        else { return }
        let node = cluster.nodes.first { $0.disk.logs[name.group]?.replica == name.replica }
        let has = node?.disk.logs[name.group]?.last.rawValue ?? 0
        let due = heights[shard]?.last { $0.time <= cluster.time - Self.lag }?.index ?? 0
        if has < due {
            findings.report(
                "I2: \(node?.identity.name ?? "nobody") is given a vote in \(name.group) with \(has) of \(due) entries")
        }
    }
}
