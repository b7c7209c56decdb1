extension Placement {
    /// Lets every node propose itself to all shards, in an order of its own and at the pace of its fair share. A shard
    /// takes the first that its zones allow; a node stops at its limit.
    ///
    /// Without that limit, a shard's nodes are the first of a fixed order that does not depend on who else is there:
    /// this is rendezvous hashing (Thaler and Ravishankar, IEEE/ACM ToN 6:1, 1998), and what joins or leaves moves
    /// nothing but its own replicas. A score would be an independent random number a node and shard; here it is the
    /// rank in a permutation, as in Maglev (Eisenbud et al., NSDI 2016, section 3.4), divided by the pace. A node's good
    /// ranks are then as many as its share, not as many as chance gives: with three replicas that leaves 5/16 of the
    /// variance of its load, so that the limit is met less often. Only what the limit turns away can move without need.
    mutating func collectProposals(of members: [HashRing.Member]) {
        let unitDays = Self.days(inUnitFor: shardCount)
        var calendar = ProposalCalendar(
            days: Self.horizon * unitDays, dayBits: Proposer.unitBits - unitDays.trailingZeroBitCount,
            nodes: members.count)
        let shards = (0..<shardCount).map { UInt16($0) }
        let zonePaces = zonePaces()
        var proposers: [Proposer] = []
        for (node, member) in members.enumerated() {
            let pace = shares.holding[node].value * zonePaces[zones[node]]
            proposers.append(Proposer(node: member.id, pace: pace, shards: shards))
            calendar.insert(node, at: proposers[node].time)
        }
        var missing = shardCount * shares.replicas
        while missing > 0, let node = calendar.popFirst() {
            let shard = proposers[node].propose()
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
        let zone = zones[node]
        var inZone = 0
        let first = shard * shares.replicas
        for place in first..<first + filled[shard] where zones[holders[place]] == zone { inZone += 1 }
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

    /// How much faster than their fair shares the nodes of each zone propose.
    ///
    /// Where a zone may hold fewer replicas of a shard than it has nodes, these get in each other's way, the more the
    /// larger the part x of its places that the zone should fill; they would stay below their share. The whole of the
    /// loss is about -ln(1 - x) / x. Half of it, 1 / (1 - x / 2), is made good, which leaves the rest to the
    /// limits: by measurement the least is moved that way, as this factor itself changes with the members.
    private func zonePaces() -> [Double] {
        guard shares.zoneLimit < shares.replicas else {
            return Array(repeating: 1, count: shares.population.count)
        }
        var filling = [Double](repeating: 0, count: shares.population.count)
        for node in zones.indices { filling[zones[node]] += shares.holding[node].value }
        let capacity = Double(shares.zoneLimit * shardCount)
        return filling.indices.map { zone in
            shares.population[zone] > shares.zoneLimit ? 1 / (1 - filling[zone] / capacity / 2) : 1
        }
    }

    /// Units of time after which no more proposals are awaited. Of three places a shard, one unit fills three quarters,
    /// three units all but one in four hundred; what is open after eight is left to `completeReplicas`.
    private static let horizon = 8

    /// Days of the calendar in a unit of time: a power of two, such that a few proposals fall on a day.
    private static func days(inUnitFor shardCount: Int) -> Int {
        1 << (Int.bitWidth - (2 * shardCount - 1).leadingZeroBitCount)
    }
}
