import HashRing

// What holds for all members once all of them are ready for it, as the registry's leader finds.

extension NodeState {
    /// A new key seals gossip once every member that lives can open it, or has had its time.
    mutating func promoteGossipKey() {
        guard let key = registry.secrets.pendingKey else { return gossip.pendingKey = nil }
        let since = gossip.pendingKey.flatMap { $0.number == key.number ? $0.since : nil } ?? now.monotonic
        gossip.pendingKey = (key.number, since)
        let isEverywhere = registry.members.allSatisfy { member in
            member.node == identity.node || health(of: member.node) == .dead
                || gossip.registryVersion(of: member.node) >= key.since
        }
        guard isEverywhere || now.monotonic - since >= Limits.gossipKeyPatience else { return }
        propose(.promoteGossipKey(key.number), ticket: nil)
    }

    /// Commands of a new version are proposed once every member's program applies them, the ones that are down included: they
    /// will have to apply them when they come back.
    mutating func raiseStateVersion() {
        let common = registry.commonStateVersion
        if common > registry.stateVersion { propose(.raiseStateVersion(common), ticket: nil) }
    }
}

extension Registry {
    /// The version of commands that every member's program applies.
    var commonStateVersion: UInt32 { members.map(\.stateVersion).min() ?? stateVersion }

    /// Never down: what was proposed at a version must be understood for ever.
    mutating func raiseStateVersion(to wanted: UInt32) -> RegistryOutcome {
        if wanted > stateVersion, wanted <= commonStateVersion {
            stateVersion = wanted
            changed(configuration: false)
        }
        return .done
    }
}
