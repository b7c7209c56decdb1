/// The fair shares of all members, and how many replicas of a shard a zone may hold.
///
/// A share follows the weight as far as two facts allow: a node holds a shard once at most, and a zone holds at most
/// `zoneLimit` replicas of it. So a member or a zone that weighs more than it can hold is given all that it can hold,
/// and the others share the rest ("water filling": the weighted max-min fair division; Bertsekas and Gallager,
/// *Data Networks*, 2nd edition, section 6.5.2).
struct FairShares {
    /// Replicas of each shard.
    let replicas: Int
    /// Most replicas of one shard in one zone: one where there are enough zones, else the least that suffices.
    let zoneLimit: Int
    /// Replicas, of each member.
    let holding: [FairShare]
    /// Shards led, of each member. Never more than it holds, so that weight alone decides.
    let leading: [FairShare]
    /// Members in each zone.
    let population: [Int]

    /// Shares of members with these weights, each in the zone of that number; there is at least one member.
    init(weights: [Int], zones: [Int], zoneCount: Int, shardCount: Int, replicationFactor: Int) {
        let replicas = min(replicationFactor, weights.count)
        var population = [Int](repeating: 0, count: zoneCount)
        for zone in zones { population[zone] += 1 }
        var limit = 1
        while population.reduce(0, { $0 + min($1, limit) }) < replicas { limit += 1 }
        self.replicas = replicas
        self.population = population
        zoneLimit = limit
        let total = weights.reduce(0, +)
        leading = weights.map { FairShare(numerator: shardCount * $0, denominator: total) }
        var filling = WaterFilling(
            weights: weights, zones: zones, zoneCount: zoneCount, total: shardCount * replicas,
            memberCapacity: shardCount, zoneCapacity: shardCount * limit)
        holding = filling.fill()
    }
}
