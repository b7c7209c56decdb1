import Checks
import HashRing
import Membership

/// The other nodes, as this node's links and their announcements show them.
struct PeerStates: Sendable {
    struct Peer: Sendable {
        /// How far its wall clock was ahead of this node's when it last announced, in milliseconds.
        var clockOffset: Int64?
        /// When it was last heard.
        var heard: Duration
    }

    private(set) var connected: [NodeID: Peer] = [:]
    /// To whom links are kept.
    var dialed: [NodeID: PeerAddress] = [:]
    /// Messages of this turn, by receiver.
    var outgoing: [NodeID: [PeerMessage]] = [:]
    /// Consensus' messages of this turn, by receiver.
    var consensus: [NodeID: [GroupMessage]] = [:]

    func isConnected(_ node: NodeID) -> Bool { connected[node] != nil }

    /// The nodes that a link leads to, in order.
    var nodes: [NodeID] { connected.keys.sorted() }

    mutating func connect(_ node: NodeID, now: Duration) { connected[node] = Peer(clockOffset: nil, heard: now) }

    mutating func disconnect(_ node: NodeID) {
        connected[node] = nil
        outgoing[node] = nil
        consensus[node] = nil
    }

    mutating func noteClock(of node: NodeID, offset: Int64, now: Duration) {
        connected[node]?.clockOffset = offset
        connected[node]?.heard = now
    }

    /// How far this node's clock is from the median of all that it knows, its own included; positive: ahead. Of two clocks
    /// nobody can say which is wrong: with fewer than two peers it is 0.
    var ownClockOffset: Int64 {
        let offsets = connected.values.compactMap(\.clockOffset)
        guard offsets.count >= 2 else { return 0 }
        let all = (offsets + [0]).sorted()
        return -all[(all.count - 1) / 2]
    }
}
