import ShardStore

/// The buckets, by the key of their first task.
final class BucketsTable {
    private let insert: Statement
    private let update: Statement
    private let shrink: Statement
    private let at: Statement
    private let containing: Statement
    private let open: Statement

    private static let columns =
        "first, state, attempts, rounds, redundancy, flags, uid, epoch, formed, outcomes"

    init(_ connection: Connection) throws {
        insert = try connection.prepare(
            """
            INSERT INTO buckets(first, state, attempts, rounds, redundancy, flags, uid, epoch, formed, outcomes, count, waiting)
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """)
        update = try connection.prepare(
            """
            UPDATE buckets SET state = ?2, attempts = ?3, rounds = ?4, flags = ?5, outcomes = ?6, waiting = ?7
            WHERE first = ?1
            """)
        shrink = try connection.prepare("UPDATE buckets SET count = ?2 WHERE first = ?1")
        at = try connection.prepare("SELECT \(Self.columns) FROM buckets WHERE first = ?1")
        containing = try connection.prepare(
            "SELECT \(Self.columns) FROM buckets WHERE first <= ?1 ORDER BY first DESC LIMIT 1")
        open = try connection.prepare(
            "SELECT epoch, first, waiting, flags, count FROM buckets WHERE state = 1 ORDER BY epoch, first")
    }

    func add(_ bucket: Bucket) throws {
        insert.bind(1, bucket.first.rawValue)
        insert.bind(2, bucket.state.rawValue)
        insert.bind(3, bucket.attempts)
        insert.bind(4, bucket.rounds)
        insert.bind(5, bucket.redundancy)
        insert.bind(6, Self.flags(bucket))
        insert.bind(7, bucket.uid)
        insert.bind(8, bucket.epoch.milliseconds)
        insert.bind(9, bucket.formed.milliseconds)
        insert.bind(10, bucket.outcomes)
        insert.bind(11, bucket.count)
        insert.bind(12, bucket.waiting)
        try insert.run()
    }

    func save(_ bucket: Bucket) throws {
        update.bind(1, bucket.first.rawValue)
        update.bind(2, bucket.state.rawValue)
        update.bind(3, bucket.attempts)
        update.bind(4, bucket.rounds)
        update.bind(5, Self.flags(bucket))
        update.bind(6, bucket.outcomes)
        update.bind(7, bucket.waiting)
        try update.run()
    }

    /// Saves a bucket whose range became shorter.
    func saveShortened(_ bucket: Bucket) throws {
        shrink.bind(1, bucket.first.rawValue)
        shrink.bind(2, bucket.count)
        try shrink.run()
        try save(bucket)
    }

    func bucket(at first: TaskKey) throws -> Bucket? {
        at.bind(1, first.rawValue)
        guard try at.next() else { return nil }
        defer { at.reset() }
        return Self.row(at)
    }

    /// The bucket that holds a task; `nil` while it waits for one.
    func bucket(containing key: TaskKey) throws -> Bucket? {
        containing.bind(1, key.rawValue)
        guard try containing.next() else { return nil }
        defer { containing.reset() }
        let bucket = Self.row(containing)
        return bucket.position(of: key) == nil ? nil : bucket
    }

    /// All buckets that can be granted, oldest epoch first.
    func ready() throws -> [(queue: Int, entry: ReadyBuckets.Entry)] {
        var entries: [(Int, ReadyBuckets.Entry)] = []
        while try open.next() {
            let first = TaskKey(rawValue: open.int(1))
            entries.append(
                (
                    first.queue,
                    ReadyBuckets.Entry(
                        epoch: open.int(0), first: first, count: Int(open.int(4)), waiting: Int(open.int(2)),
                        observed: open.int(3) & 2 != 0)
                ))
        }
        return entries
    }

    private static func flags(_ bucket: Bucket) -> Int { (bucket.hasEarlier ? 1 : 0) | (bucket.observed ? 2 : 0) }

    private static func row(_ row: Statement) -> Bucket {
        Bucket(
            first: TaskKey(rawValue: row.int(0)), state: Bucket.State(rawValue: row.int(1)) ?? .closed,
            attempts: Int(row.int(2)), rounds: Int(row.int(3)), redundancy: Int(row.int(4)),
            hasEarlier: row.int(5) & 1 != 0, observed: row.int(5) & 2 != 0, uid: row.int(6),
            epoch: Timestamp(milliseconds: row.int(7)), formed: Timestamp(milliseconds: row.int(8)),
            outcomes: row.blob(9))
    }
}
