import ShardStore

/// One report of one lease.
struct ObservationRecord {
    var bucket: TaskKey
    var ordinal: Int
    /// The lease's number.
    var lease: Int64
    var at: Timestamp
    var rows: [ObservationRows.Row]
}

/// All reports, append-only, by bucket and order; what a deleted user's row said is taken out.
final class ObservationsTable {
    private let insert: Statement
    private let next: Statement
    private let ofBucket: Statement
    private let rewrite: Statement

    init(_ connection: Connection) throws {
        insert = try connection.prepare("INSERT INTO observations VALUES(?1, ?2, ?3, ?4, ?5)")
        next = try connection.prepare("SELECT coalesce(max(ordinal), 0) + 1 FROM observations WHERE bucket = ?1")
        ofBucket = try connection.prepare(
            "SELECT ordinal, lease, at, rows FROM observations WHERE bucket = ?1 ORDER BY ordinal")
        rewrite = try connection.prepare("UPDATE observations SET rows = ?3 WHERE bucket = ?1 AND ordinal = ?2")
    }

    func add(bucket: TaskKey, lease: Int64, at: Timestamp, rows: [ObservationRows.Row]) throws {
        next.bind(1, bucket.rawValue)
        guard try next.next() else { return }
        let ordinal = next.int(0)
        next.reset()
        insert.bind(1, bucket.rawValue)
        insert.bind(2, ordinal)
        insert.bind(3, lease)
        insert.bind(4, at.milliseconds)
        insert.bind(5, ObservationRows.pack(rows, at: at))
        try insert.run()
    }

    /// All reports on a bucket, in order.
    func records(of bucket: TaskKey) throws -> [ObservationRecord] {
        ofBucket.bind(1, bucket.rawValue)
        var records: [ObservationRecord] = []
        while try ofBucket.next() {
            let at = Timestamp(milliseconds: ofBucket.int(2))
            records.append(
                ObservationRecord(
                    bucket: bucket, ordinal: Int(ofBucket.int(0)), lease: ofBucket.int(1), at: at,
                    rows: ObservationRows.unpack(ofBucket.blob(3), at: at)))
        }
        return records
    }

    /// Takes out everything that was said about one position.
    func erase(_ position: Int, of bucket: TaskKey) throws {
        for record in try records(of: bucket) where record.rows.contains(where: { $0.position == position }) {
            rewrite.bind(1, bucket.rawValue)
            rewrite.bind(2, record.ordinal)
            rewrite.bind(3, ObservationRows.pack(record.rows.filter { $0.position != position }, at: record.at))
            try rewrite.run()
        }
    }
}
