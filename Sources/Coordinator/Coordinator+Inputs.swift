import Checks
import Consensus
import HashRing
import Membership

extension Coordinator {
    mutating func take(_ input: Input) {
        switch input {
        case .tick: break
        case .request(let id, let request): begin(id, request)
        case .forwarded(let id, let request): begin(id, request, isForwarded: true)
        case .abandoned(let request): abandon(request)
        case .persisted(let ticket): node.take(durable: ticket)
        case .applied(let shard, let batch): node.take(batch, of: shard)
        case .answered(let id, let result): answer(id, result)
        case .checkpointed(let shard, let index): node.take(checkpoint: index, of: shard)
        case .handOver: handOver(drainsThen: false)
        case .drain: drain()
        case .peer(let node, let message): self.node.take(message, from: node)
        case .connected(let node): self.node.connected(to: node)
        case .disconnected(let node): self.node.disconnected(from: node)
        case .datagram(let datagram, let address): node.take(datagram, from: address)
        case .opened(let shard, let summary): node.opened(shard, summary)
        case .snapshotTaken(let transfer, let index): node.tookSnapshot(transfer, index: index)
        case .snapshotSent(let transfer, let isReceived): node.sentSnapshot(transfer, isReceived: isReceived)
        case .snapshotReceived(let node, let header, let path):
            self.node.receivedSnapshot(header, at: path, from: node)
        }
    }

    private mutating func abandon(_ request: RequestID) {
        if node.parked.drop(request) { refuseAtOnce(request, .timeout(.notApplied)) }
        guard let conversation = node.requests.conversation(of: request) else { return }
        node.events.append((conversation, .abandoned))
    }

    private mutating func answer(_ id: QueryID, _ result: QueryResult?) {
        guard let asked = node.queries.removeValue(forKey: id) else { return }
        if result == nil { node.raise(.storeFault(asked.shard)) }
        let answer: Result<QueryResult, Loss> = result.map { .success($0) } ?? .failure(.fault)
        node.events.append((asked.ticket.conversation, .answer(asked.ticket.step, answer)))
    }

    /// Everything whose time has come.
    mutating func takeDueWork() {
        while let work = node.timers.takeDue(at: node.now.monotonic) { take(due: work) }
    }

    private mutating func take(due work: TimedWork) {
        switch work {
        case .group(let key):
            guard let position = node.position(of: key) else { return }
            node.groups[position].timer = nil
            node.tick(position)
        case .request(let request):
            guard let id = node.requests.conversation(of: request) else { return }
            node.refuse(request, .timeout(conversations[id]?.delivery ?? .unknown))
        case .conversation(let id): node.events.append((id, .due))
        case .settlements(let home): node.sendSettlements(of: home)
        case .acknowledgement(let pair): node.acknowledge(pair)
        case .delivery(let pair): node.deliver(pair)
        case .touches(let home): node.sendTouches(of: home)
        case .expiry(let shard): node.expire(shard)
        case .purge(let shard): node.purge(shard)
        case .job(let shard): node.lookAfter(shard)
        case .call(let id): node.giveUp(id)
        case .abandonedCall(let id, let place): node.giveUp(id, at: place)
        case .parkedCall(let id): node.giveUpParked(id)
        case .parkedRequest(let id, let position): giveUpParked(id, at: position)
        case .awaitedVersion: node.giveUpAwaitedVersions()
        case .announcement: node.announceAll()
        case .succession(let key): node.succeed(key)
        case .rebalancing(let key): node.rebalance(key)
        case .gossip: node.tickGossip()
        case .memberWatch: node.watchMembers()
        case .watch(let key): node.lookAtLeader(of: key)
        case .fate(let key): node.giveUpProposed(of: key)
        case .handover: goOnHandingOver()
        }
    }
}
