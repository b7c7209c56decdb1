import Checks
import HashRing
import Membership

extension NodeState {
    mutating func take(_ datagram: Datagram, from address: PeerAddress) {
        guard registry.member(NodeID(rawValue: datagram.source.rawValue)) != nil else { return }
        carryOut(gossip.membership.receive(datagram, from: address, now: now.monotonic))
    }

    mutating func take(_ part: PushPull, from node: NodeID) {
        guard part.sender.id == MemberID(node) else { return }
        carryOut(gossip.membership.receive(part, now: now.monotonic))
    }

    mutating func tickGossip() {
        gossip.timer = nil
        guard registry.members.count > 1 else { return }
        carryOut(gossip.membership.tick(now: now.monotonic))
    }

    /// A new link: whoever is there is asked what it knows, so that a node which came back under another address is
    /// known there at once.
    mutating func gossipConnected(to node: NodeID) {
        guard let address = peers.dialed[node] else { return }
        guard let effects = try? gossip.membership.join(through: [address], now: now.monotonic) else { return }
        carryOut(effects)
    }

    mutating func leaveGossip() {
        guard registry.members.count > 1 else { return }
        carryOut(gossip.membership.leave(now: now.monotonic))
    }

    mutating func expel(_ node: NodeID) {
        carryOut(gossip.membership.expel(MemberID(node), now: now.monotonic))
        gossip.deadSince[node] = nil
    }

    mutating func scheduleGossip() {
        guard registry.members.count > 1 else { return }
        let due = gossip.membership.nextDeadline
        if let timer = gossip.timer, timer <= due { return }
        gossip.timer = due
        timers.add(.gossip, due: due)
    }

    private mutating func carryOut(_ wanted: [Membership.Effect]) {
        for effect in wanted {
            switch effect {
            case .send(let datagram, let address): effects.append(.datagram(datagram, to: address))
            case .pushPull(let part, let address): push(part, to: address)
            case .event(let event): take(event)
            }
        }
        scheduleGossip()
    }

    private mutating func push(_ part: PushPull, to address: PeerAddress) {
        for (node, dialed) in peers.dialed where dialed == address && peers.isConnected(node) {
            post(.pushPull(part), to: node)
        }
    }

    private mutating func take(_ event: Membership.Event) {
        switch event {
        case .alive(let record), .updated(let record):
            gossip.deadSince[NodeID(rawValue: record.id.rawValue)] = nil
            updatePeers()
        case .dead(let id), .left(let id):
            let node = NodeID(rawValue: id.rawValue)
            if gossip.deadSince[node] == nil { gossip.deadSince[node] = now.monotonic }
        case .suspected, .refuted, .forgotten, .registryVersion, .contested, .joined, .departed: break
        }
    }

    /// How a member is: a link that answers outweighs what gossip has not heard yet, and one that is down raises a doubt some
    /// seconds before gossip does.
    func health(of node: NodeID) -> ClusterView.Health {
        if node == identity.node { return .alive }
        return switch gossip.health(of: node) {
        case .alive: peers.isConnected(node) ? .alive : .suspect
        case .suspect: .suspect
        case .dead: peers.isConnected(node) ? .alive : .dead
        }
    }
}
