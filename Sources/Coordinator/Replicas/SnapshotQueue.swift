import Consensus
import HashRing

/// Snapshots on their way out: one at a time, so that what a node sends for others does not stand in its own way.
struct SnapshotQueue: Sendable {
    struct Transfer: Sendable {
        let id: TransferID
        let position: Int
        let replica: ReplicaID
        let node: NodeID
        /// What it holds, once it is taken.
        var index: LogIndex?
    }

    private(set) var current: Transfer?
    private var waiting: [Transfer] = []
    private var lastID: UInt64 = 0

    mutating func add(position: Int, replica: ReplicaID, node: NodeID) {
        let isKnown = ([current].compactMap(\.self) + waiting).contains {
            $0.position == position && $0.replica == replica
        }
        guard !isKnown else { return }
        lastID += 1
        waiting.append(
            Transfer(id: TransferID(rawValue: lastID), position: position, replica: replica, node: node, index: nil))
    }

    /// The next one to be taken, if none is under way.
    mutating func begin() -> Transfer? {
        guard current == nil, !waiting.isEmpty else { return nil }
        current = waiting.removeFirst()
        return current
    }

    mutating func noteTaken(_ index: LogIndex) { current?.index = index }

    mutating func finish(_ id: TransferID) -> Transfer? {
        guard let transfer = current, transfer.id == id else { return nil }
        current = nil
        return transfer
    }

    /// Those that are meant for a node that cannot be reached.
    mutating func removeWaiting(for node: NodeID) -> [Transfer] {
        let removed = waiting.filter { $0.node == node }
        waiting.removeAll { $0.node == node }
        return removed
    }
}
