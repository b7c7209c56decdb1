import Checks
import HashRing

/// What this node has asked of others and was not answered.
struct RemoteCalls: Sendable {
    struct Call: Sendable {
        let id: CallID
        /// Who waits for the answer; `nil`: nobody.
        let ticket: Ticket?
        /// The group that it is for; `nil` when it is for one node.
        let position: Int?
        let body: CallBody
        /// When it is given up.
        let deadline: Duration
        /// Times that it was sent.
        var attempts = 0
        /// Where it is; `nil` while it waits for a leader.
        var node: NodeID?
    }

    private(set) var open: [CallID: Call] = [:]
    private var lastID: UInt64 = 0

    mutating func nextID() -> CallID {
        lastID += 1
        return CallID(rawValue: lastID)
    }

    mutating func add(_ call: Call) { open[call.id] = call }
    mutating func remove(_ id: CallID) -> Call? { open.removeValue(forKey: id) }

    /// The calls that wait for a leader of that group, in order.
    mutating func takeParked(at position: Int) -> [Call] {
        take { $0.node == nil && $0.position == position }
    }

    /// The calls that are at that node, in order.
    mutating func take(at node: NodeID) -> [Call] { take { $0.node == node } }

    /// The calls for groups that are at that node, in order.
    mutating func takeForGroups(at node: NodeID) -> [Call] { take { $0.node == node && $0.position != nil } }

    /// The calls for that group that are at any other node, in order.
    mutating func take(for position: Int, butNotAt node: NodeID) -> [Call] {
        take { $0.position == position && $0.node != nil && $0.node != node }
    }

    private mutating func take(where belongs: (Call) -> Bool) -> [Call] {
        guard !open.isEmpty else { return [] }
        let taken = open.values.filter(belongs).sorted { $0.id < $1.id }
        for call in taken { open[call.id] = nil }
        return taken
    }
}

extension CallBody {
    /// Whether doing it twice is doing it once.
    var isRead: Bool {
        switch self {
        case .query, .registry(entry: nil), .drain, .report: true
        case .command, .registry: false
        }
    }
}
