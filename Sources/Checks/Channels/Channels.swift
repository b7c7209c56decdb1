import HashRing
import ShardStore

/// Events to and from other shards (and to this one itself): first in, first out by target, taken exactly once in effect.
///
/// An event is written in the same apply as its cause and numbered from 1 without gaps; the target keeps the highest number
/// that it took.
final class Channels {
    private struct Channel {
        /// The target has taken everything up to here.
        var delivered: UInt64 = 0
        /// The last number given to an event.
        var sent: UInt64 = 0
        /// The last number taken from that shard.
        var taken: UInt64 = 0
    }

    private var channels: [ShardID: Channel] = [:]
    private var changed: Set<ShardID> = []
    private var emitted: [AppliedBatch.EmittedEvent] = []
    private let insert: Statement
    private let delete: Statement
    private let select: Statement
    private let save: Statement

    init(_ connection: Connection) throws {
        insert = try connection.prepare("INSERT INTO outbox VALUES(?1, ?2, ?3)")
        delete = try connection.prepare("DELETE FROM outbox WHERE target = ?1 AND number <= ?2")
        select = try connection.prepare(
            "SELECT number, event FROM outbox WHERE target = ?1 AND number > ?2 ORDER BY number LIMIT ?3")
        save = try connection.prepare(
            """
            INSERT INTO channels VALUES(?1, ?2, ?3, ?4)
            ON CONFLICT(peer) DO UPDATE SET delivered = ?2, sent = ?3, taken = ?4
            """)
        let all = try connection.prepare("SELECT peer, delivered, sent, taken FROM channels ORDER BY peer")
        while try all.next() {
            guard let peer = ShardID(rawValue: UInt16(truncatingIfNeeded: all.int(0))) else { continue }
            channels[peer] = Channel(
                delivered: UInt64(bitPattern: all.int(1)), sent: UInt64(bitPattern: all.int(2)),
                taken: UInt64(bitPattern: all.int(3)))
        }
    }

    /// Puts an event into the outbox.
    func emit(_ event: OutboxEvent, to target: ShardID) throws {
        let number = channels[target, default: Channel()].sent + 1
        channels[target, default: Channel()].sent = number
        changed.insert(target)
        insert.bind(1, Int(target.rawValue))
        insert.bind(2, Int64(bitPattern: number))
        insert.bind(3, event.packed())
        try insert.run()
        emitted.append(AppliedBatch.EmittedEvent(target: target, number: number, event: event))
    }

    /// What was emitted since the last call.
    func takeEmitted() -> [AppliedBatch.EmittedEvent] {
        defer { emitted = [] }
        return emitted
    }

    /// Forgets what `target` has taken.
    func delivered(_ target: ShardID, through number: UInt64) throws {
        guard let channel = channels[target], number > channel.delivered, number <= channel.sent else { return }
        channels[target]?.delivered = number
        changed.insert(target)
        delete.bind(1, Int(target.rawValue))
        delete.bind(2, Int64(bitPattern: number))
        try delete.run()
    }

    /// How many of `count` events from `first` on were taken before; `nil`: events before them are missing.
    func covered(_ source: ShardID, first: UInt64, count: Int) -> Int? {
        let taken = channels[source]?.taken ?? 0
        guard first >= 1, first <= taken + 1 else { return nil }
        return Int(min(UInt64(count), taken + 1 - first))
    }

    /// Moves the watermark.
    func take(_ source: ShardID, through number: UInt64) {
        guard number > channels[source, default: Channel()].taken else { return }
        channels[source, default: Channel()].taken = number
        changed.insert(source)
    }

    /// The last event taken from `source`.
    func taken(_ source: ShardID) -> UInt64 { channels[source]?.taken ?? 0 }

    /// Undelivered events by target.
    var heads: [OutboxHead] {
        channels.keys.sorted().compactMap { target in
            guard let channel = channels[target], channel.sent > channel.delivered else { return nil }
            return OutboxHead(target: target, first: channel.delivered + 1, last: channel.sent)
        }
    }

    /// Undelivered events for `target` after number `after`.
    func events(_ target: ShardID, after: UInt64, limit: Int) throws -> (first: UInt64, events: [OutboxEvent]) {
        select.bind(1, Int(target.rawValue))
        select.bind(2, Int64(bitPattern: after))
        select.bind(3, limit)
        var first = after + 1
        var events: [OutboxEvent] = []
        while try select.next() {
            guard let event = OutboxEvent(packed: select.blob(1)) else {
                select.reset()
                throw CommandDecodingError.malformed("an event in the outbox")
            }
            if events.isEmpty { first = UInt64(bitPattern: select.int(0)) }
            events.append(event)
        }
        return (first, events)
    }

    /// How far the channel toward `target` is.
    func sent(to target: ShardID) -> (delivered: UInt64, last: UInt64) {
        (channels[target]?.delivered ?? 0, channels[target]?.sent ?? 0)
    }

    /// Goes on toward `target` from a later number, which it has taken: numbers up to there are never used again.
    func skip(to number: UInt64, toward target: ShardID) throws {
        guard number > sent(to: target).delivered else { return }
        channels[target, default: Channel()].sent = max(sent(to: target).last, number)
        changed.insert(target)
        try delivered(target, through: number)
    }

    /// Writes what is only in memory, in a fixed order.
    func flush() throws {
        for peer in changed.sorted() {
            let channel = channels[peer, default: Channel()]
            save.bind(1, Int(peer.rawValue))
            save.bind(2, Int64(bitPattern: channel.delivered))
            save.bind(3, Int64(bitPattern: channel.sent))
            save.bind(4, Int64(bitPattern: channel.taken))
            try save.run()
        }
        changed = []
    }
}
