extension HashRing {
    /// What a member should hold and lead by its weight, and thereby how much it may.
    package struct Entitlement: Hashable, Sendable {
        package let member: Member
        /// Replicas.
        package let holding: FairShare
        /// Shards led.
        package let leading: FairShare
    }

    /// The entitlement of each member, in order of identity.
    package var entitlements: [Entitlement] {
        guard !members.isEmpty else { return [] }
        let names = members.map(\.zone).sorted()
        var numbers: [String: Int] = [:]
        for name in names where numbers[name] == nil { numbers[name] = numbers.count }
        let shares = FairShares(
            weights: members.map(\.weight), zones: members.map { numbers[$0.zone] ?? 0 }, zoneCount: numbers.count,
            shardCount: shardCount, replicationFactor: replicationFactor)
        return members.indices.map { index in
            Entitlement(member: members[index], holding: shares.holding[index], leading: shares.leading[index])
        }
    }
}
