import Checks
import HashRing

/// Carries one pair's events to their target, a batch at a time, until none is left.
struct Delivery: Conversation {
    let pair: OutboxPair
    private var through: UInt64 = 0

    init(pair: OutboxPair) { self.pair = pair }

    var delivery: DeliveryOutcome { .unknown }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin: return deliverNext(in: &node)
        case .answer(_, .success(.outbox(let first, let events))): return send(events, from: first, in: &node)
        case .outcome(_, .success(.inbox(_, let through))):
            guard let channel = node.outboxes.channel(pair), through >= channel.next else {
                node.outboxes.rewind(pair, to: through + 1)
                return rest(in: &node)
            }
            node.noteDelivered(pair, through: through)
            return deliverNext(in: &node)
        case .outcome, .answer: return rest(in: &node)
        default: return .goesOn
        }
    }

    /// A target without a leader or that took nothing, or a source that lost its own leader: later, from what the
    /// outbox holds then.
    private func rest(in node: inout NodeState) -> Progress {
        _ = node.outboxes.update(pair) { $0.isDelivering = false }
        node.timers.add(.delivery(pair), due: node.now.monotonic + Limits.deliveryRetry)
        return .finished
    }

    private mutating func deliverNext(in node: inout NodeState) -> Progress {
        guard let channel = node.outboxes.channel(pair), channel.next <= channel.last else {
            _ = node.outboxes.update(pair) { $0.isDelivering = false }
            return .finished
        }
        if channel.kept.isEmpty {
            node.ask(
                .outbox(target: pair.target, after: channel.next - 1, limit: Limits.eventsPerDelivery), of: pair.source,
                step: 0)
            return .goesOn
        }
        return send(Array(channel.kept.prefix(Limits.eventsPerDelivery)), from: channel.next, in: &node)
    }

    private mutating func send(_ events: [OutboxEvent], from first: UInt64, in node: inout NodeState) -> Progress {
        guard !events.isEmpty else {
            // The outbox is shorter than it was known to be: everything was acknowledged before.
            if let last = node.outboxes.channel(pair)?.last { node.noteDelivered(pair, through: last) }
            return deliverNext(in: &node)
        }
        if node.faults.contains(.loseEvents) {
            node.propose(.inbox(source: pair.source, first: first, events: events), to: pair.target)
            node.noteDelivered(pair, through: first + UInt64(events.count) - 1)
            return deliverNext(in: &node)
        }
        node.propose(.inbox(source: pair.source, first: first, events: events), to: pair.target, step: 1)
        return .goesOn
    }
}
