import Checks
import Consensus
import Coordinator
import HashRing

extension SimulatedCluster {
    var allShards: [ShardID] { ShardID.all(count: design.shardCount) }

    /// The replica of the shard that has come furthest, of those that run.
    private func machine(_ shard: ShardID) -> (any SimulatedShard)? {
        nodes.compactMap { $0.process?.appliers[shard]?.machine }.max { $0.appliedIndex < $1.appliedIndex }
    }

    private func shard(_ key: PlacementKey) -> ShardID? { nodes.first?.identity.placement(key) }

    /// A client as its home holds it now, without a request.
    package func client(_ id: ClientID) throws -> ClientRecord? {
        guard let home = shard(.client(id)), case .client(let record)? = try machine(home)?.query(.client(id)) else {
            return nil
        }
        return record
    }

    /// A user as its shard holds it now, without a request.
    package func user(_ name: ScreenName) throws -> UserRecord? {
        guard let shard = shard(.user(name)),
            case .user(let record)? = try machine(shard)?.query(.user(name, asOf: nil))
        else { return nil }
        return record
    }

    /// The tasks of a service that are not over, all shards together.
    package func unfinished(_ service: ServiceName) throws -> Int {
        var sum = 0
        for shard in allShards {
            guard case .counts(let counts)? = try machine(shard)?.query(.counts(service)) else { continue }
            sum += counts.pending + counts.bucketed + counts.leased
        }
        return sum
    }

    /// Whether the homes of these clients have heard of all that the clients did.
    func haveHeard(of clients: [ClientID], _ auditor: Auditor) throws -> Bool {
        try clients.allSatisfy { try client($0).map { auditor.differences($0, isSettled: true).isEmpty } ?? true }
    }

    /// I4 for these clients, as their homes hold them. `isSettled`: nothing is under way any more.
    package func auditClients(_ clients: [ClientID], _ auditor: Auditor, isSettled: Bool = false) throws {
        for id in clients {
            guard let record = try client(id) else { continue }
            let statistics = record.statistics
            let sum = statistics.bucketsDone + statistics.bucketsReleased + statistics.bucketsHeld
            if statistics.bucketsAssigned != sum {
                findings.report("I4: client \(id) has \(statistics.bucketsAssigned) assigned and \(sum) accounted for")
            }
            for difference in auditor.differences(record, isSettled: isSettled) { findings.report(difference) }
        }
    }

    /// I9: nodes that go by the same registry place the shards on the same nodes.
    package func auditPlacement() {
        var placements: [UInt64: (node: String, shards: [[NodeID]])] = [:]
        for node in nodes {
            guard let coordinator = node.process?.coordinator else { continue }
            let shards = allShards.map { coordinator.placement(of: $0) }
            let version = coordinator.registry.version
            guard let first = placements[version] else {
                placements[version] = (node.identity.name, shards)
                continue
            }
            if first.shards != shards {
                findings.report(
                    "I9: by registry \(version) \(first.node) and \(node.identity.name) place shards on different nodes"
                )
            }
        }
    }

    /// I8: all replicas of a shard that have come equally far hold the same, and the same as a machine that applies the whole
    /// log from its beginning.
    package func auditReplicas(_ auditor: Auditor) throws {
        for shard in allShards {
            var digests: [(node: String, applied: UInt64, digest: [UInt8])] = []
            for node in nodes {
                guard let machine = node.process?.appliers[shard]?.machine,
                    case .digest(let digest) = try machine.query(.digest)
                else { continue }
                digests.append((node.identity.name, machine.appliedIndex, digest))
            }
            let log = auditor.log(of: shard)
            for applied in Set(digests.map(\.applied)).sorted() {
                let replayed = try store.open(shard, on: NodeID(rawValue: 0), contents: nil)
                let entries = log.prefix(Int(applied)).map { ($0.index.rawValue, $0.term.rawValue, $0.command) }
                _ = try replayed.apply(entries)
                guard case .digest(let expected) = try replayed.query(.digest) else { continue }
                for found in digests where found.applied == applied && found.digest != expected {
                    findings.report("I8: shard \(shard) at \(found.node) and its replayed log differ at \(applied)")
                }
            }
        }
    }
}
