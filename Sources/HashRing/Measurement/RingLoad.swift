/// What each member of a ring holds and leads, and how that compares with what it may.
package struct RingLoad: Sendable {
    /// Replicas held and shards led, of each member, in order of identity.
    package let held: [Int]
    package let led: [Int]
    /// The largest of (replicas held ÷ fair share), and of (shards led ÷ fair share).
    package let holdingRatio: Double
    package let leadingRatio: Double
    /// Members above a limit, of replicas or of shards led.
    package let excesses: Int
    /// Shards of which some zone holds more replicas than it must.
    package let zoneViolations: Int

    /// Counts the load of `ring`.
    package init(of ring: HashRing) {
        let entitlements = ring.entitlements
        var held = [Int](repeating: 0, count: ring.members.count)
        var led = held
        var violations = 0
        let allowed = Self.replicasInOneZone(of: ring)
        for shard in 0..<ring.shardCount {
            let replicas = ring.replicas[shard].map { Int($0) }
            guard let leader = replicas.first else { continue }
            led[leader] += 1
            for node in replicas { held[node] += 1 }
            let zones = replicas.map { ring.members[$0].zone }
            if zones.contains(where: { zone in zones.count { $0 == zone } > allowed }) { violations += 1 }
        }
        self.held = held
        self.led = led
        zoneViolations = violations
        var holdingRatio = 0.0
        var leadingRatio = 0.0
        var excesses = 0
        for (index, entitlement) in entitlements.enumerated() {
            holdingRatio = max(holdingRatio, Double(held[index]) / entitlement.holding.value)
            leadingRatio = max(leadingRatio, Double(led[index]) / entitlement.leading.value)
            if held[index] > entitlement.holding.limit || led[index] > entitlement.leading.limit { excesses += 1 }
        }
        self.holdingRatio = holdingRatio
        self.leadingRatio = leadingRatio
        self.excesses = excesses
    }

    /// The least number that allows all replicas of a shard to be placed with no more than that many in one zone.
    private static func replicasInOneZone(of ring: HashRing) -> Int {
        var population: [String: Int] = [:]
        for member in ring.members { population[member.zone, default: 0] += 1 }
        let replicas = min(ring.replicationFactor, ring.members.count)
        return (1...max(replicas, 1)).first { limit in
            population.values.reduce(0) { $0 + min($1, limit) } >= replicas
        } ?? replicas
    }
}
