import Checks
import Consensus
import Coordinator
import HashRing

extension SimulatedNode {
    private var allShards: [ShardID] { ShardID.all(count: identity.shardCount) }

    /// A client as its home holds it now, without a request.
    package func client(_ id: ClientID) throws -> ClientRecord? {
        guard !shards.isEmpty else { return nil }
        let home = identity.placement(.client(id))
        guard case .client(let record) = try shards[home.index].query(.client(id)) else { return nil }
        return record
    }

    /// A user as its shard holds it now, without a request.
    package func user(_ name: ScreenName) throws -> UserRecord? {
        guard !shards.isEmpty else { return nil }
        let shard = identity.placement(.user(name))
        guard case .user(let record) = try shards[shard.index].query(.user(name, asOf: nil)) else { return nil }
        return record
    }

    /// The tasks of a service that are not over, all shards together.
    package func unfinished(_ service: ServiceName) throws -> Int {
        var sum = 0
        for shard in shards {
            guard case .counts(let counts) = try shard.query(.counts(service)) else { continue }
            sum += counts.pending + counts.bucketed + counts.leased
        }
        return sum
    }

    /// I4 for these clients, as their homes hold them.
    package func auditClients(_ clients: [ClientID], _ auditor: Auditor) throws {
        for id in clients {
            guard let statistics = try client(id)?.statistics else { continue }
            let sum = statistics.bucketsDone + statistics.bucketsReleased + statistics.bucketsHeld
            if statistics.bucketsAssigned != sum {
                auditor.report("I4: client \(id) has \(statistics.bucketsAssigned) assigned and \(sum) accounted for")
            }
        }
    }

    /// I8: a machine that applies the whole log from its beginning holds the same as the one that lived through it all.
    package func auditReplay(_ auditor: Auditor) throws {
        for shard in allShards {
            let machine = shards[shard.index]
            let replayed = try store.blank(shard)
            for entry in logs[shard.index + 1].history where entry.index.rawValue <= machine.appliedIndex {
                var command: [UInt8]?
                if case .command(let bytes) = entry.payload { command = bytes }
                _ = try replayed.apply([(entry.index.rawValue, entry.term.rawValue, command)])
            }
            guard case .digest(let one) = try machine.query(.digest),
                case .digest(let other) = try replayed.query(.digest)
            else {
                auditor.report("I8: shard \(shard) gives no digest")
                continue
            }
            if one != other { auditor.report("I8: shard \(shard) and its replayed log differ") }
        }
    }
}
