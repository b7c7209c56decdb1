import Checks
import HashRing

extension NodeState {
    /// Events that a batch put into the outbox of a shard: leases that ended are forgotten by the clock, and delivery begins.
    ///
    /// A leader that is still taking over keeps them for later: the answer that names what is undelivered may come after a
    /// batch that was applied when it had been given, and would be the last word on the shard's outbox.
    mutating func noteEmitted(_ emitted: [AppliedBatch.EmittedEvent], by source: ShardID) {
        guard let position = position(of: source) else { return }
        for event in emitted {
            noteEnding(event.event, at: source)
            guard groups[position].isInOffice else { continue }
            let pair = OutboxPair(source: source, target: event.target)
            outboxes.emit(event.event, number: event.number, on: pair)
            if servesHere(source) { deliver(pair) }
        }
    }

    /// Takes up what a shard's state names as undelivered, and what it has emitted since.
    mutating func resumeOutbox(of source: ShardID, heads: [OutboxHead]) {
        for head in heads { outboxes.resume(head, of: source) }
        for pair in outboxes.pairs(of: source) { deliver(pair) }
    }

    /// Begins a delivery unless one is under way: at most one batch of a pair is in flight.
    mutating func deliver(_ pair: OutboxPair) {
        guard let channel = outboxes.channel(pair), !channel.isDelivering, channel.next <= channel.last else { return }
        _ = outboxes.update(pair) { $0.isDelivering = true }
        start(Delivery(pair: pair))
    }

    /// The target has taken everything up to `through`.
    mutating func noteDelivered(_ pair: OutboxPair, through: UInt64) {
        var drained: [ConversationID] = []
        var waitsForCompany = false
        var isFull = false
        _ = outboxes.update(pair) { channel in
            guard through >= channel.next else { return }
            channel.kept.removeFirst(Int(min(UInt64(channel.kept.count), through - channel.next + 1)))
            channel.next = through + 1
            channel.last = max(channel.last, through)
            drained = channel.drains.filter { $0.through <= through }.map(\.conversation)
            channel.drains.removeAll { $0.through <= through }
            isFull = through - channel.acknowledged >= UInt64(Limits.acknowledgedEvents)
            if !isFull, !channel.acknowledgementDue {
                channel.acknowledgementDue = true
                waitsForCompany = true
            }
        }
        for conversation in drained { finishDrain(of: conversation) }
        if isFull { acknowledge(pair) }
        if waitsForCompany { timers.add(.acknowledgement(pair), due: now.monotonic + Limits.acknowledgementDelay) }
    }

    /// Tells the source what its target has taken, so that it may forget it.
    mutating func acknowledge(_ pair: OutboxPair) {
        var through: UInt64?
        _ = outboxes.update(pair) { channel in
            channel.acknowledgementDue = false
            guard channel.next - 1 > channel.acknowledged else { return }
            channel.acknowledged = channel.next - 1
            through = channel.acknowledged
        }
        if let through { propose(.outboxDelivered(target: pair.target, through: through), to: pair.source) }
    }

    /// Lets the present conversation wait until everything emitted so far for `target`, by shards that are led anywhere, is
    /// delivered; the event comes at once when nothing is open. Nodes that do not answer are not waited for long: what
    /// their shards have not told is told when they are back. A stale read does not wait for it.
    mutating func drain(toward target: ShardID) {
        guard !readsStale else { return events.append((current, .drained)) }
        let open = drainLocal(toward: target) + drainRemote(toward: target)
        if open == 0 { events.append((current, .drained)) } else { outboxes.draining[current] = open }
    }

    /// The same for the shards that are led here.
    mutating func drainHere(toward target: ShardID) {
        let open = drainLocal(toward: target)
        if open == 0 { events.append((current, .drained)) } else { outboxes.draining[current] = open }
    }

    private mutating func drainRemote(toward target: ShardID) -> Int {
        let leaders = Set(
            shards.compactMap { shard -> NodeID? in
                guard let position = position(of: shard), case .elsewhere(let node) = route(to: position) else {
                    return nil
                }
                return node
            })
        for node in leaders.sorted() {
            let ticket = Ticket(conversation: current, step: 0)
            call(.drain(toward: target), at: node, ticket: ticket, within: Limits.drainPatience)
        }
        return leaders.count
    }

    private mutating func drainLocal(toward target: ShardID) -> Int {
        var open = 0
        for source in outboxes.sources[target] ?? [] {
            let pair = OutboxPair(source: source, target: target)
            guard let channel = outboxes.channel(pair), channel.next <= channel.last else { continue }
            let conversation = current
            _ = outboxes.update(pair) { $0.drains.append((channel.last, conversation)) }
            deliver(pair)
            open += 1
        }
        sendSettlements(of: target)
        if let position = position(of: target), groups[position].inFlight > 0 {
            // What the home itself has under way counts too: grants that it is only now told of, above all.
            start(HomeBarrier(home: target, waiter: current))
            open += 1
        }
        return open
    }

    mutating func finishDrain(of conversation: ConversationID) {
        guard let open = outboxes.draining[conversation] else { return }
        if open == 1 {
            outboxes.draining[conversation] = nil
            events.append((conversation, .drained))
        } else {
            outboxes.draining[conversation] = open - 1
        }
    }
}
