/// Divides a total by weight among members, none above its capacity, no zone above its own.
///
/// The level is what one unit of weight receives. All members rise with it together; a member or a zone that is full
/// first stays where it is, and the others share the rest.
struct WaterFilling {
    private let weights: [Int]
    private let zones: [Int]
    private let memberCapacity: Int
    private var shares: [FairShare?]
    private var zoneRoom: [Int]
    private var zoneWeight: [Int]
    private var rest: Int
    private var restWeight: Int

    init(weights: [Int], zones: [Int], zoneCount: Int, total: Int, memberCapacity: Int, zoneCapacity: Int) {
        self.weights = weights
        self.zones = zones
        self.memberCapacity = memberCapacity
        shares = Array(repeating: nil, count: weights.count)
        zoneRoom = Array(repeating: zoneCapacity, count: zoneCount)
        zoneWeight = Array(repeating: 0, count: zoneCount)
        for (weight, zone) in zip(weights, zones) { zoneWeight[zone] += weight }
        rest = total
        restWeight = weights.reduce(0, +)
    }

    /// The share of each member.
    mutating func fill() -> [FairShare] {
        while freezeFirstFull() {}
        return shares.indices.map { member in
            shares[member] ?? FairShare(numerator: rest * weights[member], denominator: restWeight)
        }
    }

    /// Fixes the members or the zone that are full at the lowest level, if that is below the common one.
    private mutating func freezeFirstFull() -> Bool {
        let open = shares.indices.filter { shares[$0] == nil }
        guard let heaviest = open.max(by: { weights[$0] < weights[$1] }) else { return false }
        var room = memberCapacity
        var weight = weights[heaviest]
        var fullZone: Int?
        for zone in zoneRoom.indices where zoneWeight[zone] > 0 && zoneRoom[zone] * weight < room * zoneWeight[zone] {
            (room, weight, fullZone) = (zoneRoom[zone], zoneWeight[zone], zone)
        }
        guard room * restWeight < rest * weight else { return false }
        for member in open {
            if let fullZone {
                guard zones[member] == fullZone else { continue }
                shares[member] = FairShare(numerator: room * weights[member], denominator: weight)
            } else {
                guard weights[member] == weights[heaviest] else { continue }
                shares[member] = FairShare(numerator: memberCapacity, denominator: 1)
                zoneRoom[zones[member]] -= memberCapacity
                zoneWeight[zones[member]] -= weights[member]
                rest -= memberCapacity
                restWeight -= weights[member]
            }
        }
        if let fullZone {
            rest -= room
            restWeight -= weight
            zoneWeight[fullZone] = 0
        }
        return true
    }
}
