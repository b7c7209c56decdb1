import HashRing
import ShardStore

/// The slots of a home's clients: open ones in memory, closed ones for as long as a key may ask for them or an event may come.
///
/// Rows are written at commit, so that a slot which opened and closed in between costs none.
final class SlotsTable {
    private var slots: [SlotID: Slot] = [:]
    private var open: [ClientID: Set<SlotID>] = [:]
    private var changed: Set<SlotID> = []
    private var nextID: UInt64
    private let upsert: Statement
    private let delete: Statement
    private let byID: Statement
    private let closed: Statement
    private let oldest: Statement
    private var earliest = Earliest()

    static let tables = """
        CREATE TABLE slots(
            id INTEGER PRIMARY KEY, client INTEGER NOT NULL, service TEXT NOT NULL, lane INTEGER NOT NULL,
            state INTEGER NOT NULL, lease BLOB NOT NULL, asks INTEGER NOT NULL, allowance INTEGER NOT NULL,
            requested INTEGER NOT NULL, ended INTEGER, dead INTEGER NOT NULL, counted INTEGER NOT NULL, keyed INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX slots_by_end ON slots(ended, id) WHERE ended IS NOT NULL;
        """

    private static let columns =
        "id, client, service, lane, state, lease, asks, allowance, requested, ended, dead, counted, keyed"

    init(_ connection: Connection) throws {
        upsert = try connection.prepare(
            """
            INSERT INTO slots(\(Self.columns)) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            ON CONFLICT(id) DO UPDATE SET state = ?5, lease = ?6, asks = ?7, allowance = ?8, ended = ?10, dead = ?11,
                counted = ?12
            """)
        delete = try connection.prepare("DELETE FROM slots WHERE id = ?1")
        byID = try connection.prepare("SELECT \(Self.columns) FROM slots WHERE id = ?1")
        closed = try connection.prepare("SELECT id FROM slots WHERE ended <= ?1 ORDER BY ended, id LIMIT ?2")
        oldest = try connection.prepare("SELECT min(ended) FROM slots WHERE ended IS NOT NULL")
        nextID = 1
        let living = try connection.prepare("SELECT \(Self.columns) FROM slots WHERE ended IS NULL ORDER BY id")
        while try living.next() { remember(try Self.row(living)) }
    }

    /// The next slot's number; `after` is what the shard's state remembers.
    func start(after last: UInt64) { nextID = last + 1 }

    var lastID: UInt64 { nextID - 1 }

    func makeID() -> SlotID {
        defer { nextID += 1 }
        return SlotID(rawValue: nextID)
    }

    func find(_ id: SlotID) throws -> Slot? {
        if let slot = slots[id] { return slot }
        if changed.contains(id) { return nil }
        byID.bind(1, Int64(bitPattern: id.rawValue))
        guard try byID.next() else { return nil }
        defer { byID.reset() }
        return try Self.row(byID)
    }

    /// A client's open slots, in the order in which they were opened.
    func open(of client: ClientID) -> [Slot] {
        (open[client] ?? []).sorted().compactMap { slots[$0] }
    }

    /// Slots whose last ask has no committed outcome, in order.
    var undecided: [Slot] { slots.keys.sorted().compactMap { slots[$0] }.filter { $0.state == .asking } }

    /// Slots that count against a cap, in order.
    var living: [Slot] { slots.keys.sorted().compactMap { slots[$0] }.filter(\.isOpen) }

    /// Keeps a change. A closed slot that nothing can ask for again is forgotten.
    func save(_ slot: Slot) {
        changed.insert(slot.id)
        let isNeeded = slot.isOpen || slot.isKeyed || slot.state == .cancelled
        if isNeeded { remember(slot) } else { forget(slot.id, of: slot.client) }
    }

    private func remember(_ slot: Slot) {
        slots[slot.id] = slot
        if slot.isOpen {
            open[slot.client, default: []].insert(slot.id)
        } else {
            close(slot.id, of: slot.client)
        }
    }

    private func forget(_ id: SlotID, of client: ClientID) {
        slots[id] = nil
        close(id, of: client)
    }

    private func close(_ id: SlotID, of client: ClientID) {
        open[client]?.remove(id)
        if open[client]?.isEmpty == true { open[client] = nil }
    }

    /// When the oldest closed slot ended, of those that are kept.
    func oldestEnd() throws -> Timestamp? {
        try earliest.value {
            guard try oldest.next() else { return nil }
            defer { oldest.reset() }
            return oldest.optionalInt(0).map(Timestamp.init(milliseconds:))
        }
    }

    /// Forgets slots that were closed by `moment`.
    func purge(before moment: Timestamp, limit: Int) throws {
        try flush()
        closed.bind(1, moment.milliseconds)
        closed.bind(2, limit)
        var ids: [Int64] = []
        while try closed.next() { ids.append(closed.int(0)) }
        for id in ids {
            delete.bind(1, id)
            try delete.run()
        }
        earliest.forget()
    }

    /// Writes what is only in memory, in order of the numbers.
    func flush() throws {
        for id in changed.sorted() {
            guard let slot = slots[id] else {
                delete.bind(1, Int64(bitPattern: id.rawValue))
                try delete.run()
                continue
            }
            try write(slot)
            if !slot.isOpen { slots[id] = nil }
        }
        if !changed.isEmpty { earliest.forget() }
        changed = []
    }

    private func write(_ slot: Slot) throws {
        upsert.bind(1, Int64(bitPattern: slot.id.rawValue))
        upsert.bind(2, Int64(bitPattern: slot.client.rawValue))
        upsert.bind(3, slot.service.text)
        upsert.bind(4, Int(slot.lane.rawValue))
        upsert.bind(5, slot.state.rawValue)
        upsert.bind(6, slot.lease.bytes)
        upsert.bind(7, Int64(bitPattern: slot.asks))
        upsert.bind(8, slot.allowance)
        upsert.bind(9, slot.requestedAt.milliseconds)
        upsert.bind(10, slot.endedAt?.milliseconds)
        upsert.bind(11, slot.isDead ? 1 : 0)
        upsert.bind(12, slot.isCounted ? 1 : 0)
        upsert.bind(13, slot.isKeyed ? 1 : 0)
        try upsert.run()
    }

    private static func row(_ row: Statement) throws -> Slot {
        guard let lease = LeaseID(bytes: row.blob(5)), let lane = Lane(rawValue: UInt8(truncatingIfNeeded: row.int(3))),
            let state = Slot.State(rawValue: row.int(4))
        else { throw CommandDecodingError.malformed("a slot") }
        var slot = Slot(
            id: SlotID(rawValue: UInt64(bitPattern: row.int(0))),
            client: ClientID(rawValue: UInt64(bitPattern: row.int(1))),
            service: ServiceName(stored: row.text(2)), lane: lane, state: state, lease: lease,
            allowance: Int(row.int(7)),
            requestedAt: Timestamp(milliseconds: row.int(8)), isKeyed: row.int(12) != 0)
        slot.asks = UInt64(bitPattern: row.int(6))
        slot.endedAt = row.optionalInt(9).map(Timestamp.init(milliseconds:))
        slot.isDead = row.int(10) != 0
        slot.isCounted = row.int(11) != 0
        return slot
    }
}
