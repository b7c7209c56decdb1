import Checks
import Consensus
import HashRing

extension NodeState {
    // MARK: Sending

    /// Has a message leave with the others of this turn.
    mutating func post(_ message: PeerMessage, to node: NodeID) {
        guard peers.isConnected(node) else { return }
        peers.outgoing[node, default: []].append(message)
    }

    /// Consensus' messages of one group: all that one turn has for a node leave as one.
    mutating func post(_ messages: [Consensus.Message], of key: GroupKey) {
        for message in messages {
            guard let node = registry.node(of: message.to, in: key), node != identity.node,
                peers.isConnected(node)
            else { continue }
            peers.consensus[node, default: []].append(GroupMessage(group: key, message: message))
        }
    }

    /// The end of a turn: whatever was posted leaves, in the order of receivers.
    mutating func sendPosted() {
        guard !peers.outgoing.isEmpty || !peers.consensus.isEmpty else { return }
        var outgoing: [NodeID: [PeerMessage]] = [:]
        var consensus: [NodeID: [GroupMessage]] = [:]
        swap(&outgoing, &peers.outgoing)
        swap(&consensus, &peers.consensus)
        for (node, messages) in consensus { outgoing[node, default: []].append(.raft(messages)) }
        for node in outgoing.keys.sorted() { effects.append(.send(node, outgoing[node] ?? [])) }
    }

    // MARK: Receiving

    mutating func take(_ message: PeerMessage, from node: NodeID) {
        if case .registry(let image) = message { return learnRegistry(image) }
        guard registry.member(node) != nil || registry.version == 0 else { return }
        switch message {
        case .raft(let messages): for message in messages { receive(message, from: node) }
        case .registrySnapshot(let message, let image): receiveRegistry(message, image: image)
        case .call(let id, let body): start(ServedCall(peer: node, call: id, body: body))
        case .answer(let id, let answer): take(answer, to: id, from: node)
        case .leading(let announcement): take(announcement, from: node)
        case .pushPull(let part): take(part, from: node)
        case .registry: break
        }
    }

    /// A message to a replica that is not here, or not any more, is dropped: it never creates one.
    private mutating func receive(_ message: GroupMessage, from node: NodeID) {
        guard let position = position(of: message.group), let raft = groups[position].raft,
            raft.id == message.message.to, raft.forgotten == nil,
            registry.node(of: message.message.from, in: message.group) == node
                || registry.replicas(of: message.group).allSatisfy({ $0.id != message.message.from })
        else { return }
        groups[position].raft?.receive(message.message, now: now.monotonic)
        if let index = groups[position].raft?.forgotten { raise(.forgotten(message.group, through: index)) }
        touch(position)
    }

    // MARK: Links

    mutating func connected(to node: NodeID) {
        peers.connect(node)
        tellRegistry(to: node)
        announceAll(to: node)
        gossipConnected(to: node)
        for position in groups.indices where sharesLeaderless(position, with: node) { planSuccession(at: position) }
        for position in groups.indices { releaseParked(at: position) }
    }

    private func sharesLeaderless(_ position: Int, with node: NodeID) -> Bool {
        guard let raft = groups[position].raft, raft.leaderID == nil else { return false }
        return registry.replica(of: groups[position].key, on: node) != nil
    }

    /// Who led there is gone, as far as this node can tell: its followers ask to succeed it without waiting for the
    /// timeout; others simply do not go there any more.
    mutating func disconnected(from node: NodeID) {
        peers.disconnect(node)
        clocks.forget(node)
        now = clocks.corrected
        routes.forget(node)
        abandonCalls(at: node)
        abandonSnapshots(to: node)
        for position in groups.indices {
            guard let replica = registry.replica(of: groups[position].key, on: node),
                groups[position].raft?.lostContact(with: replica) == true
            else { continue }
            planSuccession(at: position)
        }
    }

    /// The replicas that are left ask one after the other, so that they do not split the vote.
    private mutating func planSuccession(at position: Int) {
        guard let raft = groups[position].raft, !raft.isLeader else { return }
        let voters = raft.status.configuration.voters
        guard let rank = voters.firstIndex(of: raft.id) else { return }
        // Shards begin with different voters, so that one node does not inherit all of them.
        let turn = (rank + position) % voters.count
        timers.add(
            .succession(groups[position].key),
            due: now.monotonic + Limits.successionDelay + Limits.successionStep * turn)
    }

    /// Asks to lead, if there is still nobody who does.
    mutating func succeed(_ key: GroupKey) {
        guard let position = position(of: key), let raft = groups[position].raft, raft.leaderID == nil,
            raft.status.role == .follower, !isClockSkewed
        else { return }
        groups[position].raft?.campaign(now: now.monotonic)
        touch(position)
        // Who refused may have noticed a moment later than this node.
        timers.add(.succession(key), due: now.monotonic + Limits.successionRetry)
    }

    /// Time for consensus. A node whose clock cannot be trusted does not campaign.
    mutating func tick(_ position: Int) {
        guard let raft = groups[position].raft else { return }
        if isClockSkewed, !raft.isLeader, !groups[position].isAlone {
            if raft.nextDeadline.map({ $0 <= now.monotonic }) ?? false {
                groups[position].timer = now.monotonic + Limits.clockRetry
                timers.add(.group(groups[position].key), due: now.monotonic + Limits.clockRetry)
            }
            return
        }
        confirmOffice(at: position)
        groups[position].raft?.tick(now: now.monotonic)
        noteSilence(at: position)
        touch(position)
    }
}
