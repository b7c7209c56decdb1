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
    /// The number of each member's zone, and the members in each zone.
    let zones: [Int]
    let population: [Int]

    /// The shares of these members, of which there is at least one.
    init(members: [HashRing.Member], shardCount: Int, replicationFactor: Int) {
        let replicas = min(replicationFactor, members.count)
        var numbers: [String: Int] = [:]
        var zones: [Int] = []
        var population: [Int] = []
        for member in members {
            let zone = numbers[member.zone] ?? population.count
            if zone == population.count {
                numbers[member.zone] = zone
                population.append(0)
            }
            population[zone] += 1
            zones.append(zone)
        }
        var limit = 1
        while population.reduce(0, { $0 + min($1, limit) }) < replicas { limit += 1 }
        self.replicas = replicas
        self.zones = zones
        self.population = population
        zoneLimit = limit
        let weights = members.map(\.weight)
        let total = weights.reduce(0, +)
        leading = weights.map { FairShare(numerator: shardCount * $0, denominator: total) }
        var filling = WaterFilling(
            weights: weights, zones: zones, zoneCount: population.count, total: shardCount * replicas,
            memberCapacity: shardCount, zoneCapacity: shardCount * limit)
        holding = filling.fill()
    }
}
