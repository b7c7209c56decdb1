import ShardStore

/// Which clients are not given which users: those of a bucket that the client gave back (for the cool-down), and those that
/// it has already observed (as long as the bucket is open). By range of a queue, so that a split bucket stays excluded.
///
/// All in memory; the table is what they are read back from.
final class Exclusions {
    struct Exclusion: Equatable {
        var first: TaskKey
        var count: Int
        /// `for ever`: until the bucket closes.
        var until: Int64

        func covers(_ other: TaskKey, _ otherCount: Int) -> Bool {
            first < other.advanced(by: otherCount) && other < first.advanced(by: count)
        }
    }

    /// Until the bucket closes.
    static let forEver = Int64.max

    private(set) var byClient: [ClientID: [Exclusion]] = [:]
    private let insert: Statement
    private let delete: Statement
    private let deleteRange: Statement
    private let expired: Statement

    init(_ connection: Connection) throws {
        insert = try connection.prepare(
            """
            INSERT INTO exclusions VALUES(?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET until = max(until, excluded.until)
            """)
        delete = try connection.prepare("DELETE FROM exclusions WHERE client = ?1 AND first = ?2 AND count = ?3")
        deleteRange = try connection.prepare(
            "DELETE FROM exclusions WHERE client = ?1 AND until = ?2 AND first BETWEEN ?3 AND ?4")
        expired = try connection.prepare(
            "SELECT client, first, count FROM exclusions WHERE until <= ?1 ORDER BY until, client, first, count LIMIT ?2"
        )
        let all = try connection.prepare(
            "SELECT client, first, count, until FROM exclusions ORDER BY client, first, count")
        while try all.next() {
            let client = ClientID(rawValue: UInt64(bitPattern: all.int(0)))
            byClient[client, default: []].append(
                Exclusion(first: TaskKey(rawValue: all.int(1)), count: Int(all.int(2)), until: all.int(3)))
        }
    }

    var isEmpty: Bool { byClient.isEmpty }

    func add(_ client: ClientID, _ first: TaskKey, _ count: Int, until: Int64) throws {
        insert.bind(1, Int64(bitPattern: client.rawValue))
        insert.bind(2, first.rawValue)
        insert.bind(3, count)
        insert.bind(4, until)
        try insert.run()
        var list = byClient[client, default: []]
        if let known = list.firstIndex(where: { $0.first == first && $0.count == count }) {
            list[known].until = max(list[known].until, until)
        } else {
            list.append(Exclusion(first: first, count: count, until: until))
        }
        byClient[client] = list
    }

    /// Whether the client is kept from any task of the range at that time.
    func excludes(_ client: ClientID, _ first: TaskKey, _ count: Int, at now: Timestamp) -> Bool {
        guard let list = byClient[client] else { return false }
        return list.contains { $0.until > now.milliseconds && $0.covers(first, count) }
    }

    /// Everyone who is kept from any task of the range, by client.
    func excluded(from first: TaskKey, _ count: Int, at now: Timestamp) -> [(client: ClientID, until: Int64)] {
        var found: [(ClientID, Int64)] = []
        for client in byClient.keys.sorted() {
            let until = (byClient[client] ?? [])
                .filter { $0.until > now.milliseconds && $0.covers(first, count) }.map(\.until).max()
            if let until { found.append((client, until)) }
        }
        return found
    }

    /// Ends what held until the bucket closed.
    func bucketClosed(_ bucket: Bucket) throws {
        for client in byClient.keys.sorted() {
            guard let list = byClient[client],
                list.contains(where: { $0.until == Self.forEver && bucket.position(of: $0.first) != nil })
            else { continue }
            deleteRange.bind(1, Int64(bitPattern: client.rawValue))
            deleteRange.bind(2, Self.forEver)
            deleteRange.bind(3, bucket.first.rawValue)
            deleteRange.bind(4, bucket.end.rawValue - 1)
            try deleteRange.run()
            set(client, list.filter { $0.until != Self.forEver || bucket.position(of: $0.first) == nil })
        }
    }

    /// Forgets what is past, at most `limit`.
    func purge(at now: Timestamp, limit: Int) throws {
        var gone: [(ClientID, TaskKey, Int)] = []
        expired.bind(1, now.milliseconds)
        expired.bind(2, limit)
        while try expired.next() {
            gone.append(
                (
                    ClientID(rawValue: UInt64(bitPattern: expired.int(0))), TaskKey(rawValue: expired.int(1)),
                    Int(expired.int(2))
                ))
        }
        for (client, first, count) in gone {
            delete.bind(1, Int64(bitPattern: client.rawValue))
            delete.bind(2, first.rawValue)
            delete.bind(3, count)
            try delete.run()
            set(client, (byClient[client] ?? []).filter { $0.first != first || $0.count != count })
        }
    }

    /// When the next one is past.
    var nextEnd: Int64? {
        byClient.values.lazy.flatMap { $0 }.map(\.until).filter { $0 != Self.forEver }.min()
    }

    private func set(_ client: ClientID, _ list: [Exclusion]) {
        byClient[client] = list.isEmpty ? nil : list
    }
}
