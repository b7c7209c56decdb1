import Checks
import Consensus
import Coordinator
import HashRing

extension SimulatedNode {
    /// What the node finds on its disk; opens the shards' files. `nil`: with that it must not start, which is reported.
    func restore(into appliers: inout [ShardID: Applier]) throws -> RestoredNode? {
        if let file = disk.unreadable {
            refuse("\(file) is damaged")
            return nil
        }
        var groups: [RestoredNode.Group] = []
        var summaries: [ShardID: ShardSummary] = [:]
        for (key, log) in disk.logs.sorted(by: { $0.key < $1.key }) {
            switch key {
            case .registry:
                let restored = log.restored(applied: disk.image?.applied ?? .zero)
                groups.append(
                    RestoredNode.Group(key: key, replica: log.replica, restored: restored, generation: 0))
            case .shard(let shard):
                let machine = try openFile(of: shard, generation: log.generation)
                appliers[shard] = Applier(machine: machine, generation: log.generation)
                summaries[shard] = try machine.summary()
                guard fits(machine, log, of: shard) else { return nil }
                let restored = log.restored(applied: LogIndex(machine.appliedIndex))
                groups.append(
                    RestoredNode.Group(
                        key: key, replica: log.replica, restored: restored, generation: log.generation))
            }
        }
        return RestoredNode(identity: identity, groups: groups, registry: disk.image, summaries: summaries)
    }

    /// The file of that generation, empty if there is none.
    func openFile(of shard: ShardID, generation: UInt64) throws -> any SimulatedShard {
        let name = ShardFileName(shard: shard, generation: generation)
        let contents = disk.files[name, default: ShardFileContents()]
        disk.files[name] = contents
        return try cluster.store.open(shard, on: identity.node, contents: contents.committed)
    }

    /// A file must hold what the log does not hold any more, and nothing that the log never held.
    private func fits(_ machine: any SimulatedShard, _ log: SimulatedLog, of shard: ShardID) -> Bool {
        let applied = machine.appliedIndex
        let fits = applied >= log.base.index.rawValue && applied <= log.last.rawValue
        // On a disk that nothing bad happened to it is a fault of the program's.
        if isDamaged {
            if !fits { refuse("shard \(shard)'s file is missing, empty, or of another moment than its log") }
            return fits
        }
        if applied < log.base.index.rawValue {
            report("shard \(shard): the file ends at \(applied), and its log begins behind \(log.base)")
        }
        if applied > log.last.rawValue {
            report("I2: shard \(shard): the file holds entry \(applied), and its log ends at \(log.last)")
        }
        return fits
    }
}
