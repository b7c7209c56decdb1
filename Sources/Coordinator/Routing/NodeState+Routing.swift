import Checks
import Consensus
import HashRing

extension NodeState {
    /// Where what is asked of a group goes now.
    enum Route {
        case here
        /// This node was elected and does not serve yet.
        case soon
        case elsewhere(NodeID)
        case unknown
    }

    func route(to position: Int) -> Route {
        if groups[position].isInOffice { return .here }
        if groups[position].leads { return .soon }
        if let node = routes.leader(of: position), node != identity.node, peers.isConnected(node) {
            return .elsewhere(node)
        }
        return .unknown
    }

    /// Whether the group's leader is known and reached, be it this node.
    func reaches(_ position: Int) -> Bool {
        switch route(to: position) {
        case .here, .elsewhere: true
        case .soon, .unknown: false
        }
    }

    /// Whether what is asked of the shard will be answered, as far as is known.
    func serves(_ shard: ShardID) -> Bool {
        guard let position = position(of: shard) else { return false }
        if case .recovering = groups[position].standing { return false }
        return reaches(position)
    }

    /// Whether this node itself leads the shard and has taken up what was open.
    func servesHere(_ shard: ShardID) -> Bool {
        guard let position = position(of: shard), case .serving = groups[position].standing else { return false }
        return true
    }

    /// A replica here follows somebody: that is where the group is led.
    mutating func followLeader(of position: Int, _ status: Status) {
        guard let leader = status.leader, let node = registry.node(of: leader, in: groups[position].key),
            node != identity.node, !isSilent(position)
        else { return }
        noteLeader(node, term: status.term.rawValue, of: position)
    }

    /// Takes a hint; whatever waited for a leader goes on, and calls to the one before are lost.
    mutating func noteLeader(_ node: NodeID, term: UInt64, of position: Int) {
        guard routes.note(node, term: term, of: position) else { return }
        abandonCalls(to: position, butNotAt: node)
        releaseParked(at: position)
    }

    /// Whatever waits for a leader of the group is tried again, if there is one.
    mutating func releaseParked(at position: Int) {
        guard reaches(position) else { return }
        for parked in parked.takeAll(at: position) { released.append(parked) }
        for call in calls.takeParked(at: position) { dispatch(call) }
    }
}
