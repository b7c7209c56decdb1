import Checks
import HashRing

/// This node's wall clock beside those of its peers.
///
/// Stamps only ever move a shard's time forward, so a single one from a clock that is far ahead would hold up every deadline
/// after it: the time that everything goes by is this clock put right by the peers' median. A jump of the own clock is seen
/// at once, since the monotonic clock does not jump with it.
struct Clocks: Sendable {
    private var reading: Moment
    /// How far each peer's clock is ahead of this node's, in milliseconds.
    private var ahead: [NodeID: Int64] = [:]
    /// Peers whose clocks were found wrong by this one and the others.
    private var skewed: Set<NodeID> = []
    /// The peers agreed when one of them was last heard, and this node's clock has not jumped since.
    private var isConfirmed = false
    /// Goes by this clock alone: never, but for a planted fault.
    private let trustsItself: Bool

    init(_ reading: Moment, trustsItself: Bool = false) {
        self.reading = reading
        self.trustsItself = trustsItself
    }

    /// What the clock shows, right or wrong: what peers are told.
    var wall: Timestamp { reading.wall }

    /// How far the clock is from the median of all that are known, its own included; positive: ahead. Of two clocks nobody can
    /// say which is wrong: then the one that has just come, has just jumped, or was found wrong while there were more is put
    /// right by the other. Two that drift apart while there are no others both go on.
    var ownOffset: Int64 {
        if ahead.isEmpty || ahead.count == 1 && isConfirmed { return 0 }
        if let only = ahead.values.first, ahead.count == 1 { return -only }
        let all = (ahead.values + [0]).sorted()
        return -all[(all.count - 1) / 2]
    }

    /// Whether it is too far from the others' for this node to lead.
    var isSkewed: Bool { abs(ownOffset) > Limits.clockSkew && !trustsItself }

    /// Whether a peer's clock is too far from the others' for that node to lead, as far as can be said here.
    func isSkewed(_ node: NodeID) -> Bool { skewed.contains(node) && !trustsItself }

    /// The time that everything goes by.
    var corrected: Moment {
        guard isSkewed else { return reading }
        return Moment(
            monotonic: reading.monotonic, wall: Timestamp(milliseconds: reading.wall.milliseconds - ownOffset))
    }

    mutating func read(_ new: Moment) {
        let passed = (new.monotonic - reading.monotonic).milliseconds
        let jump = new.wall.milliseconds - reading.wall.milliseconds - passed
        reading = Moment(monotonic: max(new.monotonic, reading.monotonic), wall: new.wall)
        guard abs(jump) > Limits.clockSkew else { return }
        ahead = ahead.mapValues { $0 - jump }
        isConfirmed = false
    }

    /// A peer says what its clock shows.
    mutating func note(_ node: NodeID, wall: Timestamp) {
        let difference = wall.milliseconds - reading.wall.milliseconds
        let before = ahead.updateValue(difference, forKey: node)
        // Whom several contradict is not believed again because most of them are gone.
        isConfirmed = abs(ownOffset) <= Limits.clockSkew
        if abs(difference + ownOffset) <= Limits.clockSkew {
            skewed.remove(node)
        } else if ahead.count > 1 || before.map({ abs(difference - $0) > Limits.clockSkew }) ?? true {
            skewed.insert(node)
        }
    }

    mutating func forget(_ node: NodeID) {
        ahead[node] = nil
        skewed.remove(node)
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
