import Checks
import DequeModule
import HashRing

/// From which shard to which: events go in order within a pair.
struct OutboxPair: Hashable, Sendable {
    let source: ShardID
    let target: ShardID
}

/// The outboxes of the shards that this node leads, as far as they are not delivered and acknowledged.
struct Outboxes: Sendable {
    /// One pair's events. Numbers rise without gaps; everything below `next` is taken by the target.
    struct Channel: Sendable {
        /// The first that the target has not confirmed.
        var next: UInt64
        /// The last that was emitted.
        var last: UInt64
        /// Up to where the source knows that its events were taken.
        var acknowledged: UInt64
        /// Events from `next` on, as far as they are kept; what is missing is read from the outbox.
        var kept = Deque<OutboxEvent>()
        /// A delivery is under way.
        var isDelivering = false
        var acknowledgementDue = false
        /// Who waits until everything up to a number is delivered.
        var drains: [(through: UInt64, conversation: ConversationID)] = []

        var isIdle: Bool { next > last && acknowledged >= last && drains.isEmpty && !isDelivering }
    }

    private(set) var channels: [OutboxPair: Channel] = [:]
    /// The sources that have undelivered events for a target, in order.
    private(set) var sources: [ShardID: [ShardID]] = [:]
    /// Channels that each draining conversation still waits for.
    var draining: [ConversationID: Int] = [:]

    func channel(_ pair: OutboxPair) -> Channel? { channels[pair] }

    /// The pairs of one source, in order of their targets.
    func pairs(of source: ShardID) -> [OutboxPair] {
        sources.filter { $0.value.contains(source) }.keys.sorted().map { OutboxPair(source: source, target: $0) }
    }

    /// Changes a channel; one that has nothing left to do is dropped.
    mutating func update<Value>(_ pair: OutboxPair, _ change: (inout Channel) -> Value) -> Value? {
        guard channels[pair] != nil else { return nil }
        let value = change(&channels[pair, default: Channel(next: 1, last: 0, acknowledged: 0)])
        if channels[pair]?.isIdle == true { remove(pair) }
        return value
    }

    /// Takes over the undelivered events that a shard's state names; what was emitted since then is known here already.
    mutating func resume(_ head: OutboxHead, of source: ShardID) {
        let pair = OutboxPair(source: source, target: head.target)
        guard head.first <= head.last else { return }
        if channels[pair] == nil {
            insert(pair, Channel(next: head.first, last: head.last, acknowledged: head.first - 1))
        } else {
            _ = update(pair) { $0.last = max($0.last, head.last) }
            rewind(pair, to: head.first)
        }
    }

    /// The target lacks what was believed to be delivered: from there on everything is read from the outbox again.
    mutating func rewind(_ pair: OutboxPair, to first: UInt64) {
        _ = update(pair) { channel in
            guard first < channel.next else { return }
            channel.next = first
            channel.acknowledged = min(channel.acknowledged, first - 1)
            channel.kept = []
        }
    }

    /// Adds an event that was just emitted.
    mutating func emit(_ event: OutboxEvent, number: UInt64, on pair: OutboxPair) {
        if channels[pair] == nil {
            insert(pair, Channel(next: number, last: number - 1, acknowledged: number - 1))
        }
        _ = update(pair) { channel in
            guard number > channel.last else { return }
            // What lies between is in the outbox.
            channel.last = number
            let isContiguous = channel.next + UInt64(channel.kept.count) == number
            if isContiguous, channel.kept.count < Limits.eventsKept { channel.kept.append(event) }
        }
    }

    private mutating func insert(_ pair: OutboxPair, _ channel: Channel) {
        channels[pair] = channel
        var list = sources[pair.target] ?? []
        list.insert(pair.source, at: list.firstIndex { $0 > pair.source } ?? list.endIndex)
        sources[pair.target] = list
    }

    private mutating func remove(_ pair: OutboxPair) {
        channels[pair] = nil
        sources[pair.target]?.removeAll { $0 == pair.source }
        if sources[pair.target]?.isEmpty == true { sources[pair.target] = nil }
    }

    /// This node does not lead the source any more.
    mutating func forget(source: ShardID) {
        for pair in pairs(of: source) { remove(pair) }
    }
}
