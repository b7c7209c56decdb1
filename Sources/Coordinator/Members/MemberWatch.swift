import Checks
import Consensus
import HashRing

// What the registry's leader does for the members: newcomers that are caught up become active, who is dead for too long
// is marked lost and taken back when it returns, and who is leaving goes once it holds nothing.

extension NodeState {
    mutating func watchMembers() {
        timers.add(.memberWatch, due: now.monotonic + Limits.memberWatchInterval)
        guard case .serving = groups[0].standing else { return }
        for member in registry.members {
            noteHealth(of: member.node)
            if isGone(member) {
                start(MemberRemoval(member: member.node))
                continue
            }
            guard let command = dueChange(of: member) else { continue }
            propose(command, ticket: nil)
            if case .setMemberState(let node, .lost, _) = command { raise(.memberLost(node)) }
        }
        moveIfChanged()
        promoteGossipKey()
        raiseStateVersion()
    }

    private func dueChange(of member: Registry.Member) -> RegistryCommand? {
        switch member.state {
        case .joining:
            return isCaughtUp(member.node) ? .setMemberState(member.node, .active, leaving: false) : nil
        case .active where member.node != identity.node:
            guard isDeadTooLong(member.node), mayLoseOneMore else { return nil }
            return .setMemberState(member.node, .lost, leaving: false)
        case .lost where peers.isConnected(member.node) && !member.isLeaving:
            return .setMemberState(member.node, .active, leaving: false)
        default: return nil
        }
    }

    /// Whether a member that is leaving holds nothing any more.
    private func isGone(_ member: Registry.Member) -> Bool {
        member.isLeaving && !registry.holdsAnything(member.node, faults)
    }

    /// Whether the newcomer's copy of the registry keeps up.
    private func isCaughtUp(_ node: NodeID) -> Bool {
        guard let replica = registry.replica(of: .registry, on: node), let raft = groups[0].raft else { return false }
        return raft.status.followers.first { $0.id == replica }?.isCaughtUp ?? false
    }

    /// Gossip says when a member dies. Of one that it has never heard of it says nothing: such a one is dead since this leader
    /// first looked.
    private mutating func noteHealth(of node: NodeID) {
        if health(of: node) != .dead {
            gossip.deadSince[node] = nil
        } else if gossip.deadSince[node] == nil {
            gossip.deadSince[node] = now.monotonic
        }
    }

    private func isDeadTooLong(_ node: NodeID) -> Bool {
        guard health(of: node) == .dead, let since = gossip.deadSince[node] else { return false }
        return now.monotonic - since >= .seconds(registry.settings.replaceAfterSeconds)
    }

    /// Never more than a minority is given up.
    private var mayLoseOneMore: Bool {
        let counted = registry.members.filter { $0.state == .active || $0.state == .lost }
        return counted.count { $0.state == .lost } + 1 <= (counted.count - 1) / 2
    }

    /// This node's addresses as the registry should know them.
    private mutating func moveIfChanged() {
        let own = Registry.Member(identity)
        guard let known = registry.member(identity.node), own.standing(as: known) != known else { return }
        propose(.putMember(own.standing(as: known)), ticket: nil)
    }
}

/// A node that was started under another address says so to the registry's leader.
struct AddressReport: Conversation {
    var delivery: DeliveryOutcome { .unknown }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin, .due:
            let own = Registry.Member(node.identity)
            guard let known = node.registry.member(own.node), own.standing(as: known) != known else { return .finished }
            node.propose(.putMember(own.standing(as: known)), step: 0)
            return .goesOn
        case .registry(_, .success): return .finished
        case .registry(_, .failure):
            node.wake(at: node.now.monotonic + Limits.recoveryRetry)
            return .goesOn
        default: return .goesOn
        }
    }
}

/// A member goes for good, and gossip is sealed with a key that it does not know.
struct MemberRemoval: Conversation {
    let member: NodeID

    var delivery: DeliveryOutcome { .unknown }

    func advance(_ event: Event, in node: inout NodeState) -> Progress {
        guard case .begin = event else { return .finished }
        node.propose(.removeMember(member, gossipKey: node.entropy.key()), ticket: nil)
        return .finished
    }
}
