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
    ///
    /// Proposals are made and put in order by stretches of time. A node makes them until it is full when a stretch begins;
    /// what it proposes after it became full is not heard.
    mutating func collectProposals(of members: [HashRing.Member]) {
        var proposers = proposers(for: members)
        var batch = ProposalBatch(stretchBits: Proposer.unitBits - Self.stretchesInUnit.trailingZeroBitCount)
        var closed = ClosedShards(shardCount: shardCount)
        var missing = shardCount * shares.replicas
        for _ in 0..<Self.horizon * Self.stretchesInUnit where missing > 0 {
            for node in proposers.indices where held[node] < holdingLimits[node] {
                proposers[node].propose(before: batch.end, to: &batch, passing: closed)
            }
            batch.sort()
            for proposal in batch.proposals where accepts(proposal) {
                take(proposal.shard, proposal.node)
                missing -= 1
                if filled[proposal.shard] == shares.replicas {
                    closed.close(proposal.shard)
                } else if !accepts(proposal.shard, proposal.node) {
                    closed.close(proposal.shard, to: zones[proposal.node])
                }
            }
            batch.advance()
        }
    }

    private func proposers(for members: [HashRing.Member]) -> [Proposer] {
        let shards = (0..<shardCount).map { UInt16(truncatingIfNeeded: $0) }
        let zonePaces = zonePaces()
        return members.indices.map { node in
            let zone = zones[node]
            return Proposer(
                id: members[node].id, node: node, zone: zone, pace: shares.holding[node].value * zonePaces[zone],
                shards: shards)
        }
    }

    private func accepts(_ proposal: Proposal) -> Bool {
        held[proposal.node] < holdingLimits[proposal.node] && filled[proposal.shard] < shares.replicas
            && accepts(proposal.shard, proposal.node)
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

    /// Stretches of time in a unit, a power of two. In longer ones more proposals are sorted that will be refused; in
    /// shorter ones each node has few at a time.
    private static let stretchesInUnit = 8
}
