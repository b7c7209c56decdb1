import Consensus
import Coordinator
import HashRing
import ShardStore

/// One group as a folder holds it: its log to the end, and who would have to agree to anything.
struct SurvivingReplica {
    let key: GroupKey
    let stored: StoredGroup
    let entries: [Entry]
    /// The last configuration in the log, applied or not.
    let configuration: Configuration

    init(_ stored: StoredGroup, _ records: [LogRecord]) throws(RecoveryError) {
        let damaged = RecoveryError.damaged(file: "node.db")
        guard var configuration = LogCodec.configuration(stored.configuration) else { throw damaged }
        entries = records.compactMap(LogCodec.entry)
        guard entries.count == records.count else { throw damaged }
        for case .configuration(let change) in entries.map(\.payload) { configuration = change }
        key = ShardID(rawValue: stored.group.rawValue).map(GroupKey.shard) ?? .registry
        self.stored = stored
        self.configuration = configuration
    }

    var id: ReplicaID { ReplicaID(stored.replica) }
    var last: UInt64 { entries.last?.index.rawValue ?? stored.baseIndex }
    var lastTerm: UInt64 { max(stored.hardState.term, entries.last?.term.rawValue ?? stored.baseTerm) }
    /// A replica that was just made and has heard nothing yet.
    var isEmpty: Bool { last == 0 || configuration.replicas.isEmpty }

    var name: String {
        switch key {
        case .registry: "registry"
        case .shard(let shard): "shard \(shard)"
        }
    }

    /// Commands after `index`, in order; `nil` for entries that mean nothing to the state.
    func commands(after index: UInt64) -> [(index: UInt64, term: UInt64, command: [UInt8]?)] {
        entries.filter { $0.index.rawValue > index }.map { entry in
            guard case .command(let bytes) = entry.payload else {
                return (entry.index.rawValue, entry.term.rawValue, nil)
            }
            return (entry.index.rawValue, entry.term.rawValue, bytes)
        }
    }

    /// Whether it is for this replica to go on alone.
    ///
    /// - Parameter survivors: this group's replicas on nodes that are not gone, this one among them.
    func standing(among survivors: Set<ReplicaID>) -> Standing {
        if isEmpty || configuration.hasQuorum(survivors.contains) { return .leftAlone }
        let voters = configuration.replicas.filter { configuration.isVoter($0) && survivors.contains($0) }
        // Where no voter is left, a copy that never voted is better than nothing.
        let candidates = voters.isEmpty ? configuration.learners.filter(survivors.contains) : voters
        guard candidates.contains(id) else { return .leftAlone }
        let others = candidates.filter { $0 != id }
        return others.isEmpty ? .alone : .among(others)
    }

    enum Standing: Hashable {
        /// It has its majority, or another replica is nearer to it.
        case leftAlone
        /// Nobody else is left.
        case alone
        /// These are left as well.
        case among([ReplicaID])
    }
}
