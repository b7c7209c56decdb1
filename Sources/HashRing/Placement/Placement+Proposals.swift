extension Placement {
    /// Lets every node propose itself to shards, in its own random order and at the pace of its fair share; a shard takes
    /// the first that fit, a node stops at its limit.
    mutating func propose(members: [HashRing.Member]) {
        var calendar = Calendar(
            slots: Self.horizon * Self.slotsPerUnit(shardCount), shift: Self.slotShift(shardCount), nodes: members.count
        )
        var proposers: [Proposer] = []
        let order = (0..<UInt16(shardCount)).map { $0 }
        for (node, member) in members.enumerated() {
            let proposer = Proposer(node: member.id, share: shares.holding[node], order: order)
            calendar.insert(node, at: proposer.time)
            proposers.append(proposer)
        }
        var missing = shardCount * shares.replicas
        while missing > 0, let node = calendar.popFirst() {
            let shard = proposers[node].nextShard()
            if filled[shard] < shares.replicas, accepts(shard, node) {
                take(shard, node)
                missing -= 1
            }
            if held[node] < holdingLimits[node], !proposers[node].isExhausted {
                calendar.insert(node, at: proposers[node].time)
            }
        }
    }

    /// Whether a shard's zones leave room for this node, which does not hold it.
    func accepts(_ shard: Int, _ node: Int) -> Bool {
        guard shares.zoneLimit < shares.replicas else { return true }
        var inZone = 0
        for holder in holders(of: shard) where zones[holder] == zones[node] { inZone += 1 }
        return inZone < shares.zoneLimit
    }

    private mutating func take(_ shard: Int, _ node: Int) {
        holders[shard * shares.replicas + filled[shard]] = node
        filled[shard] += 1
        held[node] += 1
        if leaders[shard] < 0, led[node] < leadingLimits[node] {
            leaders[shard] = node
            led[node] += 1
        }
    }

    static let horizon = 8

    static func slotsPerUnit(_ shardCount: Int) -> Int {
        1 << (Int.bitWidth - (2 * shardCount - 1).leadingZeroBitCount)
    }

    static func slotShift(_ shardCount: Int) -> Int {
        Proposer.unitBits - slotsPerUnit(shardCount).trailingZeroBitCount
    }
}

/// One node's proposals.
struct Proposer {
    static let unitBits = 40
    private var mixer: Mixer
    private var order: [UInt16]
    private var position = 0
    private let interval: UInt64
    private(set) var time: UInt64

    init(node: NodeID, share: FairShare, order: [UInt16]) {
        mixer = Mixer(node: node)
        self.order = order
        let unit = UInt64(1) << UInt64(Self.unitBits)
        interval = UInt64(UInt128(unit) * UInt128(share.denominator) / UInt128(share.numerator))
        time = interval.multipliedFullWidth(by: mixer.next()).high
    }

    var isExhausted: Bool { position == order.count }

    mutating func nextShard() -> Int {
        let other = position + mixer.next(below: order.count - position)
        order.swapAt(position, other)
        let shard = order[position]
        position += 1
        time += interval
        return Int(shard)
    }
}

/// Nodes by the time of their next proposal.
struct Calendar {
    private var first: [Int32]
    private var next: [Int32]
    private var times: [UInt64]
    private var slot = 0
    private let shift: UInt64

    init(slots: Int, shift: Int, nodes: Int) {
        first = Array(repeating: -1, count: slots)
        next = Array(repeating: -1, count: nodes)
        times = Array(repeating: 0, count: nodes)
        self.shift = UInt64(shift)
    }

    mutating func insert(_ node: Int, at time: UInt64) {
        let slot = Int(truncatingIfNeeded: time >> shift)
        guard slot < first.count else { return }
        times[node] = time
        next[node] = first[slot]
        first[slot] = Int32(node)
    }

    mutating func popFirst() -> Int? {
        while slot < first.count, first[slot] < 0 { slot += 1 }
        guard slot < first.count else { return nil }
        var best = Int(first[slot])
        var beforeBest = -1
        var previous = best
        var node = Int(next[best])
        while node >= 0 {
            if times[node] < times[best] || (times[node] == times[best] && node < best) {
                best = node
                beforeBest = previous
            }
            previous = node
            node = Int(next[node])
        }
        if beforeBest < 0 { first[slot] = next[best] } else { next[beforeBest] = next[best] }
        return best
    }
}
