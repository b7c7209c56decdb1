import Checks
import Consensus
import Coordinator
import HashRing

/// What a bad disk makes of the files of a node that does not run.
enum Damage: CaseIterable {
    /// The log's file contradicts itself.
    case log
    /// The end of the log is gone, and with it entries that a shard's file holds.
    case endOfLog
    /// A shard's file contradicts itself.
    case shard
    /// A shard's file is empty, or gone.
    case wholeShard
    /// The end of a shard's file is gone: what it holds is what the last checkpoint left.
    case endOfShard
}

extension SimulatedNode {
    /// Damages files while the process is not there. Whether the node notices is seen when it starts: see ``boot()``.
    func damage(_ damage: Damage) throws {
        guard process == nil, let shard = anyShard(), let log = disk.logs[.shard(shard)] else { return }
        isDamaged = true
        cluster.tally.damages += 1
        cluster.onEvent("\(identity.name) is damaged: \(damage) of shard \(shard)")
        let name = ShardFileName(shard: shard, generation: log.generation)
        switch damage {
        case .log: disk.unreadable = "node.db"
        case .endOfLog:
            let applied = try openFile(of: shard, generation: log.generation).appliedIndex
            // Of an end that no file tells of the node cannot know before its leader speaks, if it does: see `loseEnd(of:)`.
            if applied > log.base.index.rawValue {
                disk.loseEntries(of: .shard(shard))
            } else {
                disk.unreadable = "node.db"
            }
        case .shard: disk.unreadable = "shards/\(shard)"
        case .wholeShard: disk.files[name] = ShardFileContents()
        case .endOfShard:
            let durable = disk.files[name]?.durable
            disk.files[name]?.committed = durable
        }
    }

    /// What was written of a shard since its file was last checkpointed is gone, from the log and from the file: nothing on the
    /// disk tells of it.
    ///
    /// - Returns: how many entries that were.
    package func loseEnd(of shard: ShardID) throws -> Int {
        guard process == nil, let log = disk.logs[.shard(shard)] else { return 0 }
        let name = ShardFileName(shard: shard, generation: log.generation)
        let durable = disk.files[name]?.durable
        disk.files[name]?.committed = durable
        let kept = LogIndex(try openFile(of: shard, generation: log.generation).appliedIndex)
        disk.loseEntries(of: .shard(shard), after: kept)
        isDamaged = true
        return Int(log.last.rawValue - min(kept, log.last).rawValue)
    }

    private func anyShard() -> ShardID? {
        let shards = disk.logs.keys.sorted().compactMap { if case .shard(let shard) = $0 { shard } else { nil } }
        return shards.randomElement(using: &cluster.random)
    }
}
