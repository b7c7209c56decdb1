import ShardStore

/// Lease ids that will never be granted here: what was answered `none`, fenced or cancelled. Each is remembered longer than
/// the order that carries the id can live.
final class Refusals {
    /// Why. Stored: append only.
    enum Kind: Int64 { case none = 1, fenced = 2, cancelled = 3 }

    private let insert: Statement
    private let select: Statement
    private let purge: Statement
    private let selectOldest: Statement
    private var earliest = Earliest()

    init(_ connection: Connection) throws {
        insert = try connection.prepare("INSERT INTO refusals VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING")
        select = try connection.prepare("SELECT kind FROM refusals WHERE id = ?1")
        purge = try connection.prepare(
            "DELETE FROM refusals WHERE id IN (SELECT id FROM refusals WHERE at <= ?1 ORDER BY at, id LIMIT ?2)")
        selectOldest = try connection.prepare("SELECT min(at) FROM refusals")
    }

    /// `at`: from when on 24 hours count; a grant's own deadline if that is later than now.
    func add(_ lease: LeaseID, _ kind: Kind, at: Timestamp) throws {
        insert.bind(1, lease.bytes)
        insert.bind(2, kind.rawValue)
        insert.bind(3, at.milliseconds)
        try insert.run()
        earliest.note(at)
    }

    func contains(_ lease: LeaseID) throws -> Bool {
        select.bind(1, lease.bytes)
        guard try select.next() else { return false }
        select.reset()
        return true
    }

    func purge(before: Timestamp, limit: Int) throws {
        purge.bind(1, before.milliseconds)
        purge.bind(2, limit)
        try purge.run()
        earliest.forget()
    }

    func oldest() throws -> Timestamp? {
        try earliest.value {
            guard try selectOldest.next() else { return nil }
            defer { selectOldest.reset() }
            return selectOldest.optionalInt(0).map(Timestamp.init(milliseconds:))
        }
    }
}
