import Checks
import HashRing

extension Registry {
    /// A right to bring a node in; only the digest of its secret is kept.
    public struct JoinToken: Hashable, Sendable {
        /// SHA-256 of the secret.
        public var digest: [UInt8]
        /// Nodes that may use it.
        public var uses: Int
        /// From when on it is void.
        public var expiresAt: Timestamp
        /// Nodes that have used it, in order: a use that is repeated counts once.
        public var nodes: [NodeID]
    }

    /// Takes a node in that shows a valid token; repeated by the same node it is done again, with its new addresses.
    mutating func join(_ newcomer: Member, with digest: [UInt8]) -> RegistryOutcome {
        guard !removed.contains(newcomer.node) else { return .refused(.removedNode) }
        guard newcomer.stateVersion >= stateVersion else { return .refused(.tooOld) }
        if let known = member(newcomer.node) {
            return put(newcomer.standing(as: known))
        }
        guard let position = joinTokens.firstIndex(where: { $0.digest == digest && $0.expiresAt > time }),
            joinTokens[position].nodes.contains(newcomer.node)
                || joinTokens[position].nodes.count < joinTokens[position].uses
        else { return .refused(.noJoinToken) }
        guard member(named: newcomer.name) == nil else { return .refused(.nameTaken) }
        guard members.count < Limits.members else { return .refused(.tooManyMembers) }
        if !joinTokens[position].nodes.contains(newcomer.node) { joinTokens[position].nodes.append(newcomer.node) }
        var member = newcomer
        member.state = .joining
        member.isLeaving = false
        member.joined = version + 1
        members.insert(member, at: members.firstIndex { $0.node > member.node } ?? members.endIndex)
        insertReplica(of: .registry, on: member.node)
        changed(configuration: false)
        return .done
    }

    /// A member's addresses, zone or weight; a node that is no member stays none.
    mutating func put(_ member: Member) -> RegistryOutcome {
        guard let position = members.firstIndex(where: { $0.node == member.node }) else {
            return .refused(.unknownMember)
        }
        guard members[position] != member else { return .done }
        guard member.stateVersion >= stateVersion else { return .refused(.tooOld) }
        members[position] = member
        if member.state != .active || member.isLeaving { pins.removeAll { $0.node == member.node } }
        changed(configuration: false)
        return .done
    }

    /// Changes a member's standing. Who is leaving does not become active again.
    mutating func setState(_ node: NodeID, _ state: ClusterView.MemberState, leaving: Bool) -> RegistryOutcome {
        guard var member = member(node) else { return .refused(.unknownMember) }
        guard !member.isLeaving || state != .active else { return .done }
        if state == .draining || leaving {
            let others = members.contains { $0.node != node && $0.state == .active && !$0.isLeaving }
            guard others else { return .refused(.lastMember) }
            guard mayAlsoGo(member) else { return .refused(.nowhereToGo) }
        }
        member.state = state
        member.isLeaving = member.isLeaving || leaving
        return put(member)
    }

    /// Whether a member may be emptied: while another one is, the nodes that are left must be enough for every replica.
    private func mayAlsoGo(_ member: Member) -> Bool {
        let others = members.filter { $0.node != member.node }
        guard member.state == .active, others.contains(where: { $0.state == .draining || $0.isLeaving }) else {
            return true
        }
        return others.count { $0.state == .active && !$0.isLeaving } >= replicationFactor
    }

    /// Ends a membership: possible only once no group has a replica there.
    mutating func remove(_ node: NodeID, gossipKey: [UInt8], _ faults: PlantedFaults) -> RegistryOutcome {
        guard let position = members.firstIndex(where: { $0.node == node }) else { return .done }
        guard members[position].isLeaving, !holdsAnything(node, faults) else {
            return .refused(.stillHolding)
        }
        members.remove(at: position)
        removed.append(node)
        if removed.count > Limits.removedNodes { removed.removeFirst() }
        secrets.installGossip(gossipKey, at: version + 1)
        changed(configuration: false)
        return .done
    }

    /// Whether a group has a replica there.
    func holdsAnything(_ node: NodeID, _ faults: PlantedFaults) -> Bool {
        let countsRegistry = !faults.contains(.drainForgetsRegistry)
        return replicas.contains { $0.node == node && ($0.group != .registry || countsRegistry) }
    }

    mutating func createJoinToken(_ token: JoinToken) -> RegistryOutcome {
        joinTokens.removeAll { $0.expiresAt <= time || $0.nodes.count >= $0.uses && $0.digest != token.digest }
        if joinTokens.contains(where: { $0.digest == token.digest }) { return .done }
        guard joinTokens.count < Limits.joinTokens else { return .refused(.tooManyJoinTokens) }
        joinTokens.append(token)
        changed(configuration: false)
        return .done
    }

    mutating func rotateGossip(_ key: [UInt8]) -> RegistryOutcome {
        secrets.installGossip(key, at: version + 1)
        changed(configuration: false)
        return .done
    }

    mutating func promoteGossip(_ number: UInt32) -> RegistryOutcome {
        if secrets.promoteGossip(number) { changed(configuration: false) }
        return .done
    }
}

extension Registry.Member {
    /// These addresses with the other's standing in the cluster.
    func standing(as other: Registry.Member) -> Registry.Member {
        var member = self
        member.state = other.state
        member.joined = other.joined
        member.isLeaving = other.isLeaving
        return member
    }
}
