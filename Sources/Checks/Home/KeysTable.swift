import ShardStore

/// What lease requests with an `Idempotency-Key` opened, for 24 hours and for as long as one of their slots is open.
final class KeysTable {
    struct Row {
        var body: [UInt8]
        var at: Timestamp
        var slots: [SlotID]
    }

    private let upsert: Statement
    private let select: Statement
    private let delete: Statement
    private let old: Statement
    private let oldest: Statement
    private var earliest = Earliest()

    static let tables = """
        CREATE TABLE keys(
            client INTEGER NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, at INTEGER NOT NULL, slots BLOB NOT NULL,
            PRIMARY KEY(client, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX keys_by_age ON keys(at);
        """

    init(_ connection: Connection) throws {
        upsert = try connection.prepare(
            "INSERT INTO keys VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(client, key) DO UPDATE SET body = ?3, at = ?4, slots = ?5"
        )
        select = try connection.prepare("SELECT body, at, slots FROM keys WHERE client = ?1 AND key = ?2")
        delete = try connection.prepare("DELETE FROM keys WHERE client = ?1 AND key = ?2")
        old = try connection.prepare(
            "SELECT client, key, slots FROM keys WHERE at <= ?1 ORDER BY at, client, key LIMIT ?2")
        oldest = try connection.prepare("SELECT min(at) FROM keys")
    }

    func find(_ key: String, of client: ClientID) throws -> Row? {
        select.bind(1, Int64(bitPattern: client.rawValue))
        select.bind(2, key)
        guard try select.next() else { return nil }
        defer { select.reset() }
        return Row(body: select.blob(0), at: Timestamp(milliseconds: select.int(1)), slots: Self.slots(select.blob(2)))
    }

    func save(_ row: Row, _ key: String, of client: ClientID) throws {
        upsert.bind(1, Int64(bitPattern: client.rawValue))
        upsert.bind(2, key)
        upsert.bind(3, row.body)
        upsert.bind(4, row.at.milliseconds)
        var writer = PackedWriter()
        for slot in row.slots { writer.varint(slot.rawValue) }
        upsert.bind(5, writer.bytes)
        try upsert.run()
        earliest.note(row.at)
    }

    func oldestKey() throws -> Timestamp? {
        try earliest.value {
            guard try oldest.next() else { return nil }
            defer { oldest.reset() }
            return oldest.optionalInt(0).map(Timestamp.init(milliseconds:))
        }
    }

    /// Forgets keys made by `moment`, but those of which `isOpen` says that a slot is open.
    func purge(before moment: Timestamp, limit: Int, isOpen: (SlotID) throws -> Bool) throws {
        old.bind(1, moment.milliseconds)
        old.bind(2, limit)
        var found: [(client: Int64, key: String, slots: [SlotID])] = []
        while try old.next() { found.append((old.int(0), old.text(1), Self.slots(old.blob(2)))) }
        for row in found where try !row.slots.contains(where: isOpen) {
            delete.bind(1, row.client)
            delete.bind(2, row.key)
            try delete.run()
        }
        earliest.forget()
    }

    private static func slots(_ bytes: [UInt8]) -> [SlotID] {
        var reader = PackedReader(bytes)
        var slots: [SlotID] = []
        while !reader.atEnd { slots.append(SlotID(rawValue: reader.varint())) }
        return slots
    }
}
