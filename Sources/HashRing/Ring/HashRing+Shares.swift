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
        let shares = FairShares(members: members, shardCount: shardCount, replicationFactor: replicationFactor)
        return members.indices.map { index in
            Entitlement(member: members[index], holding: shares.holding[index], leading: shares.leading[index])
        }
    }
}
