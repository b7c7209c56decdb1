import Checks
import HashRing

extension ShardMachine: SimulatedShard {
    package func contents() throws -> [UInt8] { try snapshot() }
}

/// The real state machines, in memory; the simulated disk keeps their files' bytes.
package final class MachineShards: SimulatedShardStore {
    private static let tombstoneKey = [UInt8](repeating: 7, count: 32)

    private let faults: PlantedFaults

    package init(faults: PlantedFaults = []) { self.faults = faults }

    package func open(_ shard: ShardID, on node: NodeID, contents: [UInt8]?) throws -> any SimulatedShard {
        try contents.map {
            try ShardMachine(snapshot: $0, shard: shard, tombstoneKey: Self.tombstoneKey, faults: faults)
        }
            ?? ShardMachine(path: nil, shard: shard, tombstoneKey: Self.tombstoneKey, faults: faults)
    }
}
