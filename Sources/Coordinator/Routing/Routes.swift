import HashRing

/// Who leads what, as far as this node was told. A hint: whoever is asked and does not lead says so.
struct Routes: Sendable {
    /// Where a group is believed to be led.
    struct Hint: Hashable, Sendable {
        var node: NodeID
        var term: UInt64
    }

    private var hints: [Hint?]

    init(groups: Int) { hints = Array(repeating: nil, count: groups) }

    /// The node that leads the group at this position, by the newest word of it.
    func leader(of position: Int) -> NodeID? { hints[position]?.node }

    func hint(of position: Int) -> Hint? { hints[position] }

    /// Takes a hint unless a newer one is known; returns whether it says something new.
    mutating func note(_ node: NodeID, term: UInt64, of position: Int) -> Bool {
        if let known = hints[position], known.term > term || known == Hint(node: node, term: term) { return false }
        hints[position] = Hint(node: node, term: term)
        return true
    }

    /// That node does not lead the group, or not any more.
    mutating func forget(_ node: NodeID, of position: Int) {
        if hints[position]?.node == node { hints[position] = nil }
    }

    /// That node cannot be reached.
    mutating func forget(_ node: NodeID) {
        for position in hints.indices { forget(node, of: position) }
    }
}
