import ShardStore

/// What clients did, append-only: the log that an operator reads and a revert goes by.
final class ActivityTable {
    private let insert: Statement
    private let select: Statement
    private var nextNumber: Int64

    static let tables = """
        CREATE TABLE activity(
            client INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, service TEXT,
            lease BLOB, details BLOB, PRIMARY KEY(client, number)
        ) STRICT, WITHOUT ROWID;
        """

    init(_ connection: Connection) throws {
        insert = try connection.prepare("INSERT INTO activity VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        select = try connection.prepare(
            """
            SELECT number, at, kind, service, lease, details FROM activity
            WHERE client = ?1 AND number > ?2 AND at >= ?3 AND at < ?4 ORDER BY number LIMIT ?5
            """)
        nextNumber = 1
    }

    /// The next entry's number; `after` is what the shard's state remembers.
    func start(after last: Int64) { nextNumber = last + 1 }

    var lastNumber: Int64 { nextNumber - 1 }

    func add(
        _ kind: String, of client: ClientID, at moment: Timestamp, service: ServiceName? = nil, lease: LeaseID? = nil,
        details: [EventRecord.Detail] = []
    ) throws {
        insert.bind(1, Int64(bitPattern: client.rawValue))
        insert.bind(2, nextNumber)
        insert.bind(3, moment.milliseconds)
        insert.bind(4, kind)
        if let service { insert.bind(5, service.text) } else { insert.bindNull(5) }
        insert.bind(6, lease?.bytes)
        insert.bind(7, details.isEmpty ? nil : Self.pack(details))
        try insert.run()
        nextNumber += 1
    }

    func list(
        _ client: ClientID, from: Timestamp?, to: Timestamp?, page: Page
    ) throws -> Listing<EventRecord> {
        var after: Int64 = 0
        if let position = page.after {
            var reader = PackedReader(position)
            after = Int64(bitPattern: reader.varint())
        }
        select.bind(1, Int64(bitPattern: client.rawValue))
        select.bind(2, after)
        select.bind(3, from?.milliseconds ?? Int64.min)
        select.bind(4, to?.milliseconds ?? Int64.max)
        select.bind(5, page.limit)
        var items: [EventRecord] = []
        while try select.next() {
            after = select.int(0)
            items.append(
                EventRecord(
                    at: Timestamp(milliseconds: select.int(1)), kind: select.text(2),
                    service: select.isNull(3) ? nil : ServiceName(stored: select.text(3)), client: client,
                    lease: select.isNull(4) ? nil : LeaseID(bytes: select.blob(4)),
                    details: select.isNull(5) ? [] : Self.unpack(select.blob(5))))
        }
        guard items.count == page.limit else { return Listing(items: items, next: nil) }
        var writer = PackedWriter()
        writer.varint(UInt64(bitPattern: after))
        return Listing(items: items, next: writer.bytes)
    }

    private static func pack(_ details: [EventRecord.Detail]) -> [UInt8] {
        var writer = PackedWriter()
        for detail in details {
            writer.text(detail.name)
            switch detail.value {
            case .text(let text):
                writer.byte(1)
                writer.text(text)
            case .number(let number):
                writer.byte(2)
                writer.signed(Int64(number))
            case .flag(let flag):
                writer.byte(3)
                writer.flag(flag)
            }
        }
        return writer.bytes
    }

    private static func unpack(_ bytes: [UInt8]) -> [EventRecord.Detail] {
        var reader = PackedReader(bytes)
        var details: [EventRecord.Detail] = []
        while !reader.atEnd {
            let name = reader.text()
            switch reader.byte() {
            case 1: details.append(.init(name: name, value: .text(reader.text())))
            case 2: details.append(.init(name: name, value: .number(Int(reader.signed()))))
            default: details.append(.init(name: name, value: .flag(reader.flag())))
            }
        }
        return details
    }
}
