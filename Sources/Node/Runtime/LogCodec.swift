import Consensus
import Coordinator
import HashRing
import ShardStore

/// Between the consensus' entries and the log's records.
///
/// A record's kind says what its payload is; a configuration is four counted lists of replica ids, eight bytes each, big endian.
enum LogCodec {
    private enum Kind: UInt8 {
        case empty = 0
        case command = 1
        case configuration = 2
    }

    /// The log's number of a group.
    static func group(_ key: GroupKey) -> GroupID {
        switch key {
        case .registry: GroupID(rawValue: 0)
        case .shard(let shard): GroupID(rawValue: shard.rawValue)
        }
    }

    /// What the log writes for one piece of a persist effect.
    static func encode(_ write: GroupWrite) -> LogWrite {
        LogWrite(
            group: group(write.group),
            hardState: write.hardState.map {
                LogWrite.HardState(
                    term: $0.term.rawValue, vote: $0.vote?.rawValue ?? 0, commit: $0.commit.rawValue)
            },
            truncateFrom: write.truncateFrom?.rawValue,
            records: write.entries.map(record),
            registryState: write.registry.map { LogWrite.RegistryState(applied: $0.applied.rawValue, bytes: $0.bytes) },
            create: write.create.map { created(write.group, replica: $0, generation: write.generation) },
            remove: write.remove,
            install: write.install.map {
                LogWrite.Installation(
                    baseIndex: $0.snapshot.mark.index.rawValue, baseTerm: $0.snapshot.mark.term.rawValue,
                    configuration: encode($0.snapshot.configuration), generation: $0.generation)
            }
        )
    }

    /// A replica that knows nothing yet.
    static func created(_ key: GroupKey, replica: ReplicaID, generation: UInt64) -> StoredGroup {
        StoredGroup(
            group: group(key), replica: replica.rawValue,
            hardState: LogWrite.HardState(term: 0, vote: 0, commit: 0), baseIndex: 0, baseTerm: 0,
            configuration: encode(Configuration(voters: [])), generation: generation)
    }

    private static func record(_ entry: Entry) -> LogRecord {
        let (kind, payload): (Kind, [UInt8]) =
            switch entry.payload {
            case .empty: (.empty, [])
            case .command(let bytes): (.command, bytes)
            case .configuration(let configuration): (.configuration, encode(configuration))
            }
        return LogRecord(index: entry.index.rawValue, term: entry.term.rawValue, kind: kind.rawValue, payload: payload)
    }

    /// The entry behind a record; `nil` when it is none that this program writes.
    static func entry(_ record: LogRecord) -> Entry? {
        let payload: Entry.Payload
        switch Kind(rawValue: record.kind) {
        case .empty: payload = .empty
        case .command: payload = .command(record.payload)
        case .configuration:
            guard let configuration = configuration(record.payload) else { return nil }
            payload = .configuration(configuration)
        case nil: return nil
        }
        return Entry(index: LogIndex(record.index), term: Term(record.term), payload: payload)
    }

    /// A configuration as bytes.
    static func encode(_ configuration: Configuration) -> [UInt8] {
        var bytes: [UInt8] = []
        for list in [configuration.voters, configuration.outgoing, configuration.learners, configuration.nextLearners] {
            bytes.append(UInt8(list.count))
            for replica in list { withUnsafeBytes(of: replica.rawValue.bigEndian) { bytes.append(contentsOf: $0) } }
        }
        return bytes
    }

    /// The configuration behind the bytes; `nil` when they are not four whole lists.
    static func configuration(_ bytes: [UInt8]) -> Configuration? {
        var rest = bytes[...]
        var lists: [[ReplicaID]] = []
        for _ in 0..<4 {
            guard let count = rest.popFirst(), rest.count >= Int(count) * 8 else { return nil }
            lists.append(
                (0..<Int(count)).map { _ in
                    defer { rest = rest.dropFirst(8) }
                    return ReplicaID(rest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
                })
        }
        guard rest.isEmpty else { return nil }
        return Configuration(voters: lists[0], outgoing: lists[1], learners: lists[2], nextLearners: lists[3])
    }
}
