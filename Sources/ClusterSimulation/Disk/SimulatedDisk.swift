import Consensus
import Coordinator
import HashRing

/// Everything that a node finds again after `kill -9`, and what of it a power loss leaves.
struct SimulatedDisk {
    /// Of every group that the node holds a replica of.
    private(set) var logs: [GroupKey: SimulatedLog] = [:]
    /// The registry as of the last write of it.
    private(set) var image: RegistryImage?
    /// The shards' files.
    var files: [ShardFileName: ShardFileContents] = [:]
    /// A file whose contents contradict themselves.
    var unreadable: String?

    init() {}

    /// A founder's: every group begins with this node alone.
    init(founding groups: [GroupKey], replica: ReplicaID) {
        for group in groups {
            logs[group] = SimulatedLog(replica: replica, configuration: Configuration(voters: [replica]))
        }
    }

    /// A newcomer's: the registry it was given, and a replica of its group that knows nothing yet.
    init(joining image: [UInt8], replica: ReplicaID) {
        self.image = RegistryImage(applied: .zero, bytes: image)
        logs[.registry] = SimulatedLog(replica: replica, configuration: Configuration(voters: []))
    }

    /// Carries out one durable write; `received` are snapshots that arrived and lie beside the files.
    mutating func write(_ write: GroupWrite, received: inout [String: [UInt8]]) throws(DiskFault) {
        if let replica = write.create {
            logs[write.group] = SimulatedLog(
                replica: replica, configuration: Configuration(voters: []), generation: write.generation)
        }
        if write.remove {
            logs[write.group] = nil
            return
        }
        if let install = write.install { try place(install, of: write.group, received: &received) }
        if let image = write.registry { self.image = image }
        guard var log = logs[write.group] else {
            throw DiskFault("\(write.group) is written, and this node has no replica of it")
        }
        try log.write(write)
        logs[write.group] = log
    }

    /// Moves the file that arrived to its place.
    private mutating func place(
        _ install: GroupWrite.Installation, of group: GroupKey, received: inout [String: [UInt8]]
    ) throws(DiskFault) {
        guard case .shard(let shard) = group else { return }
        guard let path = install.path, let contents = received.removeValue(forKey: path) else {
            throw DiskFault("\(group): a snapshot is installed from \(install.path ?? "no file"), which is not there")
        }
        files[ShardFileName(shard: shard, generation: install.generation)] = ShardFileContents(
            committed: contents, durable: contents)
    }

    mutating func compact(_ group: GroupKey, through index: LogIndex, _ configuration: Configuration) {
        logs[group]?.compact(through: index, configuration)
    }

    /// Every entry behind the log's base is gone, or behind a later place.
    mutating func loseEntries(of group: GroupKey, after index: LogIndex = .zero) {
        logs[group]?.loseEntries(after: index)
    }

    /// The power goes: files fall back to what was synced.
    mutating func losePower() {
        files = files.mapValues { ShardFileContents(committed: $0.durable, durable: $0.durable) }
    }

    /// Deletes files that no group refers to, as every start does.
    mutating func deleteOrphans() {
        files = files.filter { logs[.shard($0.key.shard)]?.generation == $0.key.generation }
    }
}
