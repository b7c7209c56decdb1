import ShardStore

/// Large work as a row with a cursor: each step is one entry of the log, so a job goes on under any leader.
struct Job: Equatable {
    /// What is done to every user.
    enum Work: Equatable {
        case markUnmarked
        case recheck(olderThan: Timestamp)
    }

    var number: Int64
    var work: Work
    var marking: Marking
    /// The last user there was when the job began.
    var lastUID: Int64
    /// The last user that was looked at.
    var cursor: Int64

    func packed() -> [UInt8] {
        var writer = PackedWriter()
        switch work {
        case .markUnmarked: writer.byte(1)
        case .recheck(let moment):
            writer.byte(2)
            writer.time(moment)
        }
        writer.text(marking.service.text)
        writer.byte(marking.lane.rawValue)
        writer.signed(lastUID)
        return writer.bytes
    }

    init(number: Int64, work: Work, marking: Marking, lastUID: Int64) {
        self.number = number
        self.work = work
        self.marking = marking
        self.lastUID = lastUID
        cursor = 0
    }

    init?(number: Int64, packed bytes: [UInt8], cursor: Int64) {
        var reader = PackedReader(bytes)
        switch reader.byte() {
        case 1: work = .markUnmarked
        case 2: work = .recheck(olderThan: reader.time())
        default: return nil
        }
        let service = ServiceName(stored: reader.text())
        guard let lane = Lane(rawValue: reader.byte()) else { return nil }
        marking = Marking(service: service, lane: lane)
        lastUID = reader.signed()
        self.number = number
        self.cursor = cursor
        if reader.failed { return nil }
    }
}

/// The jobs that are not done, oldest first.
final class JobsTable {
    private let insert: Statement
    private let select: Statement
    private let move: Statement
    private let delete: Statement
    private(set) var count: Int
    private var nextNumber: Int64

    init(_ connection: Connection) throws {
        insert = try connection.prepare("INSERT INTO jobs VALUES(?1, ?2, 0)")
        select = try connection.prepare("SELECT number, order_bytes, cursor FROM jobs ORDER BY number LIMIT 1")
        move = try connection.prepare("UPDATE jobs SET cursor = ?2 WHERE number = ?1")
        delete = try connection.prepare("DELETE FROM jobs WHERE number = ?1")
        count = Int(try connection.number("SELECT count(*) FROM jobs"))
        nextNumber = try connection.number("SELECT coalesce(max(number), 0) + 1 FROM jobs")
    }

    func add(_ work: Job.Work, _ marking: Marking, lastUID: Int64) throws -> Job {
        let job = Job(number: nextNumber, work: work, marking: marking, lastUID: lastUID)
        insert.bind(1, job.number)
        insert.bind(2, job.packed())
        try insert.run()
        count += 1
        nextNumber += 1
        return job
    }

    func oldest() throws -> Job? {
        guard count > 0, try select.next() else { return nil }
        defer { select.reset() }
        return Job(number: select.int(0), packed: select.blob(1), cursor: select.int(2))
    }

    func move(_ job: Job) throws {
        move.bind(1, job.number)
        move.bind(2, job.cursor)
        try move.run()
    }

    func finish(_ job: Job) throws {
        delete.bind(1, job.number)
        try delete.run()
        count -= 1
        // As a machine that is opened now would number the next one.
        if count == 0 { nextNumber = 1 }
    }
}
