/// A ring that grows and shrinks by single members around a size, from a seed.
package struct RingScenario: Sendable, CustomStringConvertible {
    package let shardCount: Int
    package let nodes: Int
    /// Zones among which members are drawn; 1 for no zones.
    package let zones: Int
    /// Weights among which members are drawn.
    package let weights: [Int]
    package let seed: UInt64

    package init(shardCount: Int, nodes: Int, zones: Int = 1, weights: [Int] = [100], seed: UInt64 = 1) {
        self.shardCount = shardCount
        self.nodes = nodes
        self.zones = zones
        self.weights = weights
        self.seed = seed
    }

    package var description: String {
        "\(shardCount) shards, \(nodes) nodes, \(zones) zones, weights \(weights), seed \(seed)"
    }

    /// What was seen on the way.
    package struct Outcome: Sendable {
        package var joins = Movement()
        package var leaves = Movement()
        /// The largest ratios of load to fair share.
        package var holdingRatio = 0.0
        package var leadingRatio = 0.0
        /// Sums over all rings.
        package var excesses = 0
        package var zoneViolations = 0

        fileprivate mutating func note(_ load: RingLoad) {
            holdingRatio = max(holdingRatio, load.holdingRatio)
            leadingRatio = max(leadingRatio, load.leadingRatio)
            excesses += load.excesses
            zoneViolations += load.zoneViolations
        }
    }

    /// Lets members join up to an eighth above the size and leave down to an eighth below it, until there were at least
    /// `steps` steps.
    package func run(steps: Int) throws(HashRingError) -> Outcome {
        var source = Mixer(seed: seed)
        var members = (0..<nodes).map { _ in newMember(&source) }
        var ring = try HashRing(members: members, shardCount: shardCount)
        var outcome = Outcome()
        outcome.note(RingLoad(of: ring))
        let spread = max(1, nodes / 8)
        var growing = true
        for _ in 0..<steps {
            let old = ring
            if growing {
                let newcomer = newMember(&source)
                members.append(newcomer)
                ring = try HashRing(members: members, shardCount: shardCount)
                outcome.joins.addJoin(of: newcomer.id, from: old, to: ring)
            } else {
                let leaver = members.remove(at: Int.random(in: members.indices, using: &source))
                ring = try HashRing(members: members, shardCount: shardCount)
                outcome.leaves.addLeave(of: leaver.id, from: old, to: ring)
            }
            outcome.note(RingLoad(of: ring))
            if members.count >= nodes + spread { growing = false }
            if members.count <= max(1, nodes - spread) { growing = true }
        }
        return outcome
    }

    private func newMember(_ source: inout Mixer) -> HashRing.Member {
        HashRing.Member(
            id: NodeID(rawValue: UInt128(source.next()) << 64 | UInt128(source.next())),
            weight: weights[Int.random(in: weights.indices, using: &source)],
            zone: "zone-\(Int.random(in: 0..<max(zones, 1), using: &source))")
    }
}
