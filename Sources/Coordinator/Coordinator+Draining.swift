import Checks
import HashRing

/// How far a node has come in stopping.
enum Ending: Hashable, Sendable {
    case none
    /// Leadership goes to others while everything is served, so that nobody waits for an election.
    case handingOver(until: Duration, drainsThen: Bool)
    case handedOver
    /// Nothing new is begun.
    case draining
}

extension Coordinator {
    /// SIGTERM, first part; or the beginning of the second.
    mutating func handOver(drainsThen: Bool) {
        let until = node.now.monotonic + Limits.handoverPatience
        switch node.ending {
        case .none:
            // Said first: whoever takes over must not hand leadership back to where the ring would have it.
            node.leaveGossip()
        case .handedOver where drainsThen: break
        case .handingOver(let until, false) where drainsThen:
            node.ending = .handingOver(until: until, drainsThen: true)
            return
        case .handingOver, .handedOver, .draining: return
        }
        node.ending = .handingOver(until: until, drainsThen: drainsThen)
        goOnHandingOver()
    }

    mutating func goOnHandingOver() {
        guard case .handingOver(let deadline, let drainsThen) = node.ending else { return }
        if node.handLeadershipOver(), node.now.monotonic < deadline {
            node.timers.add(.handover, due: node.now.monotonic + Limits.handoverStep)
        } else if drainsThen {
            close()
        } else {
            node.ending = .handedOver
            node.effects.append(.handedOver)
        }
    }

    /// SIGTERM, second part: what is new is refused, and what is under way is answered.
    mutating func drain() { handOver(drainsThen: true) }

    private mutating func close() {
        node.ending = .draining
        node.effects.append(.handedOver)
        for home in node.shards { node.sendSettlements(of: home) }
        for parked in node.parked.takeAll() { refuse(parked) }
        if node.requests.isEmpty { node.effects.append(.drained) }
        for conversation in node.requests.all { node.events.append((conversation, .due)) }
    }
}
