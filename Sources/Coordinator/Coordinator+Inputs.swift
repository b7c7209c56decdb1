import Checks
import Consensus
import HashRing

extension Coordinator {
    mutating func take(_ input: Input) {
        switch input {
        case .tick: break
        case .request(let id, let request): begin(id, request)
        case .abandoned(let request): abandon(request)
        case .persisted(let ticket): node.take(durable: ticket)
        case .applied(let shard, let batch): node.take(batch, of: shard)
        case .answered(let id, let result): answer(id, result)
        case .checkpointed(let shard, let index): node.take(checkpoint: index, of: shard)
        case .drain: drain()
        }
    }

    private mutating func abandon(_ request: RequestID) {
        guard let conversation = node.requests.conversation(of: request) else { return }
        node.events.append((conversation, .abandoned))
    }

    private mutating func answer(_ id: QueryID, _ result: QueryResult?) {
        guard let asked = node.queries.removeValue(forKey: id) else { return }
        if result == nil { node.raise(.storeFault(asked.shard)) }
        let answer: Result<QueryResult, Loss> = result.map { .success($0) } ?? .failure(.fault)
        node.events.append((asked.ticket.conversation, .answer(asked.ticket.step, answer)))
    }

    private mutating func drain() {
        guard !node.isDraining else { return }
        node.isDraining = true
        for home in node.shards { node.sendSettlements(of: home) }
        if node.requests.isEmpty { node.effects.append(.drained) }
        for conversation in node.requests.all { node.events.append((conversation, .due)) }
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
            node.groups[position].raft.tick(now: node.now.monotonic)
            node.touch(position)
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
        }
    }
}
