/// What a node should hold, as an exact fraction: a floating-point 1.1 × 10 is above 11.
package struct FairShare: Hashable, Sendable {
    package let numerator: Int
    package let denominator: Int

    /// The most that the node may hold: ⌈1.1 × its fair share⌉.
    package var limit: Int {
        let top = numerator * Limits.excess.numerator
        let bottom = denominator * Limits.excess.denominator
        return (top + bottom - 1) / bottom
    }

    /// The share as a floating-point number.
    package var value: Double { Double(numerator) / Double(denominator) }
}

/// The fair shares of all members, and how many replicas of a shard a zone may hold.
///
/// A share follows the weight as far as two facts allow: a node holds a shard once at most, and a zone holds at most
/// `zoneLimit` replicas of it. So a member or a zone that weighs more than it can hold is given all that it can hold,
/// and the rest is shared by the others ("water filling": the weighted max-min fair division, Bertsekas and Gallager,
/// *Data Networks*, section 6.5).
struct FairShares {
    /// Replicas of each shard.
    let replicas: Int
    /// Most replicas of one shard in one zone: one where there are enough zones, else the least that suffices.
    let zoneLimit: Int
    /// Of each member: replicas.
    let holding: [FairShare]
    /// Of each member: shards led. Any weight can lead in full, as every node holds at least what it should lead.
    let leading: [FairShare]

    /// Shares of members with these weights, each in the zone of that number.
    init(weights: [Int], zones: [Int], zoneCount: Int, shardCount: Int, replicationFactor: Int) {
        replicas = min(replicationFactor, weights.count)
        var population = [Int](repeating: 0, count: zoneCount)
        for zone in zones { population[zone] += 1 }
        var limit = 1
        while population.reduce(0, { $0 + min($1, limit) }) < replicas { limit += 1 }
        zoneLimit = limit
        let total = weights.reduce(0, +)
        leading = weights.map { FairShare(numerator: shardCount * $0, denominator: max(total, 1)) }
        var filling = WaterFilling(
            weights: weights, zones: zones, zoneCount: zoneCount, total: shardCount * replicas,
            memberCapacity: shardCount, zoneCapacity: shardCount * limit)
        holding = filling.fill()
    }
}
