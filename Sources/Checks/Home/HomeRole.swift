import HashRing
import ShardStore

/// A shard as the home of clients: who they are, what they hold, and how they behave. Its rows alone prove I4.
///
/// It writes nothing to the outbox: what it must tell other shards goes through the conversations of its leader.
final class HomeRole {
    let context: ShardContext
    let clients: ClientsTable
    let slots: SlotsTable
    let keys: KeysTable
    let activity: ActivityTable
    var lanes: LaneTurn
    private var saved = State()

    /// The small state besides the tables.
    private struct State: Hashable {
        var lastSlot: UInt64 = 0
        var lastActivity: Int64 = 0
        var laneTurn = 0
    }

    static let tables = ClientsTable.tables + SlotsTable.tables + KeysTable.tables + ActivityTable.tables

    init(_ context: ShardContext) throws {
        self.context = context
        clients = try ClientsTable(context.connection)
        slots = try SlotsTable(context.connection)
        keys = try KeysTable(context.connection)
        activity = try ActivityTable(context.connection)
        lanes = LaneTurn()
        if let bytes = try context.load("home") {
            var reader = PackedReader(bytes)
            saved = State(
                lastSlot: reader.varint(), lastActivity: Int64(bitPattern: reader.varint()), laneTurn: reader.count())
        }
        slots.start(after: saved.lastSlot)
        activity.start(after: saved.lastActivity)
        lanes = LaneTurn(turn: saved.laneTurn)
    }

    /// What a command of the home role comes to; `nil` when it is not one.
    func apply(_ command: Command) throws -> Outcome? {
        switch command {
        case .register(let id, let registration): try register(id, registration)
        case .reserve(let reservation): try reserve(reservation)
        case .ask(let slot, let lease, let shard): try ask(slot, after: lease, shard: shard)
        case .granted(let slot, let lease, let users, _): try granted(slot, lease: lease, users: users)
        case .exhausted(let slot, let lease): try exhausted(slot, lease: lease)
        case .fault(let id, let fault, let count, let lease): try countFault(id, fault, count: count, lease: lease)
        case .touch(let ids): try touch(ids)
        case .beginUnregister(let id, let cause): try beginUnregister(id, by: cause)
        case .slotCancelled(let slot, let lease): try slotCancelled(slot, lease: lease)
        case .finishUnregister(let id, let generation): try finishUnregister(id, generation: generation)
        case .quarantine(let id, let reason): try quarantine(id, reason: reason)
        case .reinstate(let id): try reinstate(id)
        default: nil
        }
    }

    /// Changes a client that exists; nothing happens for one that never registered.
    func update(_ id: ClientID, _ change: (inout HomeClient) throws -> Void) throws {
        guard var client = try clients.find(id) else { return }
        try change(&client)
        try clients.save(client)
    }

    /// When ``purge()`` next finds something.
    func nextPurge() throws -> Timestamp? {
        [try keys.oldestKey(), try slots.oldestEnd()].compactMap(\.self).min()?.adding(seconds: Limits.memorySeconds)
    }

    /// Forgets keys and closed slots past their 24 hours.
    func purge() throws {
        let before = context.now.adding(seconds: -Limits.memorySeconds)
        try keys.purge(before: before, limit: Limits.purgeRows) { try slots.find($0)?.isOpen == true }
        try slots.purge(before: before, limit: Limits.purgeRows)
    }

    /// Writes what is only in memory.
    func flush() throws {
        try clients.flush()
        try slots.flush()
        let now = State(lastSlot: slots.lastID, lastActivity: activity.lastNumber, laneTurn: lanes.turn)
        guard now != saved else { return }
        var writer = PackedWriter()
        writer.varint(context.faults.contains(.omitLastSlot) ? 0 : now.lastSlot)
        writer.varint(UInt64(bitPattern: now.lastActivity))
        writer.count(now.laneTurn)
        try context.store("home", writer.bytes)
        saved = now
    }
}
