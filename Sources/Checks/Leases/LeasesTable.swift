import HashRing
import ShardStore

/// All leases of a shard; the live ones in memory too.
final class LeasesTable {
    private(set) var live: [LeaseID: Lease] = [:]
    private let shard: ShardID
    private let insert: Statement
    private let update: Statement
    private let byID: Statement
    private let byNumber: Statement
    private let covering: Statement
    private var nextNumber: Int64

    private static let columns = """
        number, id, first, count, client, secret, home, slot, granted, deadline, ended, dead, state, attempt, users,
        reported, positions
        """

    init(_ connection: Connection, shard: ShardID) throws {
        self.shard = shard
        insert = try connection.prepare(
            """
            INSERT INTO leases(\(Self.columns))
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
            """)
        update = try connection.prepare(
            "UPDATE leases SET deadline = ?2, ended = ?3, dead = ?4, state = ?5, reported = ?6 WHERE number = ?1")
        byID = try connection.prepare("SELECT \(Self.columns) FROM leases WHERE id = ?1")
        byNumber = try connection.prepare("SELECT \(Self.columns) FROM leases WHERE number = ?1")
        covering = try connection.prepare(
            "SELECT \(Self.columns) FROM leases WHERE first BETWEEN ?1 AND ?2 AND first + count > ?2 ORDER BY number")
        nextNumber = try connection.number("SELECT coalesce(max(number), 0) + 1 FROM leases")
        let living = try connection.prepare("SELECT \(Self.columns) FROM leases WHERE state = 1 ORDER BY number")
        while try living.next() {
            if let lease = row(living) { live[lease.id] = lease }
        }
    }

    /// Adds a lease; its number is set here.
    func add(_ lease: Lease) throws -> Lease {
        var lease = lease
        lease.number = nextNumber
        nextNumber += 1
        insert.bind(1, lease.number)
        insert.bind(2, Self.bytes(lease.id))
        insert.bind(3, lease.first.rawValue)
        insert.bind(4, lease.count)
        insert.bind(5, Int64(bitPattern: lease.client.rawValue))
        insert.bind(6, lease.secret.bytes)
        insert.bind(7, Int(lease.home.rawValue))
        insert.bind(8, Int64(bitPattern: lease.slot.rawValue))
        insert.bind(9, lease.granted.milliseconds)
        insert.bind(10, lease.deadline.milliseconds)
        insert.bind(11, lease.ended?.milliseconds)
        insert.bind(12, lease.dead?.milliseconds)
        insert.bind(13, lease.state.rawValue)
        insert.bind(14, lease.attempt)
        insert.bind(15, lease.users)
        insert.bind(16, lease.reported ? 1 : 0)
        insert.bind(17, lease.positions)
        try insert.run()
        live[lease.id] = lease
        return lease
    }

    func save(_ lease: Lease) throws {
        update.bind(1, lease.number)
        update.bind(2, lease.deadline.milliseconds)
        update.bind(3, lease.ended?.milliseconds)
        update.bind(4, lease.dead?.milliseconds)
        update.bind(5, lease.state.rawValue)
        update.bind(6, lease.reported ? 1 : 0)
        try update.run()
        live[lease.id] = lease.state == .live ? lease : nil
    }

    func find(_ id: LeaseID) throws -> Lease? {
        if let lease = live[id] { return lease }
        guard id.shard == shard else { return nil }
        byID.bind(1, Self.bytes(id))
        guard try byID.next() else { return nil }
        defer { byID.reset() }
        return row(byID)
    }

    func find(number: Int64) throws -> Lease? {
        byNumber.bind(1, number)
        guard try byNumber.next() else { return nil }
        defer { byNumber.reset() }
        return row(byNumber)
    }

    /// Every lease that a task was ever in, in order.
    func leases(covering key: TaskKey) throws -> [Lease] {
        covering.bind(
            1, max(TaskKey(queue: key.queue, number: 0).rawValue, key.rawValue - Int64(Limits.bucketPositions)))
        covering.bind(2, key.rawValue)
        var leases: [Lease] = []
        while try covering.next() {
            if let lease = row(covering) { leases.append(lease) }
        }
        return leases
    }

    /// The live lease of a bucket.
    func live(on first: TaskKey) -> Lease? { live.values.first { $0.first == first } }

    /// The 16 bytes that are not the shard.
    private static func bytes(_ id: LeaseID) -> [UInt8] { Array(id.bytes.dropFirst(2)) }

    private func row(_ row: Statement) -> Lease? {
        let secret = row.blob(1).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        guard let hash = SecretHash(row.blob(5)), let home = ShardID(rawValue: UInt16(truncatingIfNeeded: row.int(6)))
        else { return nil }
        return Lease(
            number: row.int(0), id: LeaseID(shard: shard, secret: secret), first: TaskKey(rawValue: row.int(2)),
            count: Int(row.int(3)), client: ClientID(rawValue: UInt64(bitPattern: row.int(4))), secret: hash,
            home: home,
            slot: SlotID(rawValue: UInt64(bitPattern: row.int(7))), granted: Timestamp(milliseconds: row.int(8)),
            deadline: Timestamp(milliseconds: row.int(9)),
            ended: row.optionalInt(10).map(Timestamp.init(milliseconds:)),
            dead: row.optionalInt(11).map(Timestamp.init(milliseconds:)),
            state: Lease.State(rawValue: row.int(12)) ?? .expired,
            attempt: Int(row.int(13)), users: Int(row.int(14)), reported: row.int(15) != 0,
            positions: row.isNull(16) ? nil : row.blob(16))
    }
}
