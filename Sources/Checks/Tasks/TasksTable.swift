import ShardStore

/// The tasks, append-only in order of arrival, and when runs of them arrived.
final class TasksTable {
    private let insert: Statement
    private let select: Statement
    private let range: Statement
    private let setMark: Statement
    private let insertArrival: Statement
    private let arrival: Statement

    init(_ connection: Connection) throws {
        insert = try connection.prepare("INSERT INTO tasks VALUES(?1, ?2, 0, ?3)")
        select = try connection.prepare("SELECT uid, mark, previous FROM tasks WHERE key = ?1")
        range = try connection.prepare(
            "SELECT key, uid, mark, previous FROM tasks WHERE key BETWEEN ?1 AND ?2 ORDER BY key")
        setMark = try connection.prepare("UPDATE tasks SET mark = ?2 WHERE key = ?1")
        insertArrival = try connection.prepare("INSERT INTO arrivals VALUES(?1, ?2)")
        arrival = try connection.prepare("SELECT at FROM arrivals WHERE key <= ?1 ORDER BY key DESC LIMIT 1")
    }

    func append(_ key: TaskKey, uid: Int64, previous: TaskKey?) throws {
        insert.bind(1, key.rawValue)
        insert.bind(2, uid)
        insert.bind(3, previous?.rawValue)
        try insert.run()
    }

    func task(_ key: TaskKey) throws -> Task? {
        select.bind(1, key.rawValue)
        guard try select.next() else { return nil }
        let task = Task(
            key: key, uid: select.int(0), mark: TaskMark(rawValue: select.int(1)) ?? .waiting,
            previous: select.optionalInt(2).map(TaskKey.init(rawValue:)))
        select.reset()
        return task
    }

    /// `count` tasks from `first` on, in order.
    func tasks(from first: TaskKey, count: Int) throws -> [Task] {
        var tasks: [Task] = []
        tasks.reserveCapacity(count)
        range.bind(1, first.rawValue)
        range.bind(2, first.rawValue + Int64(count) - 1)
        while try range.next() {
            tasks.append(
                Task(
                    key: TaskKey(rawValue: range.int(0)), uid: range.int(1),
                    mark: TaskMark(rawValue: range.int(2)) ?? .waiting,
                    previous: range.optionalInt(3).map(TaskKey.init(rawValue:))))
        }
        return tasks
    }

    func mark(_ key: TaskKey, _ mark: TaskMark) throws {
        setMark.bind(1, key.rawValue)
        setMark.bind(2, mark.rawValue)
        try setMark.run()
    }

    /// From `key` on, tasks of its queue arrived at `at`.
    func arrived(_ key: TaskKey, at: Timestamp) throws {
        insertArrival.bind(1, key.rawValue)
        insertArrival.bind(2, at.milliseconds)
        try insertArrival.run()
    }

    /// When a task was marked.
    func arrival(of key: TaskKey) throws -> Timestamp {
        arrival.bind(1, key.rawValue)
        guard try arrival.next() else { return Timestamp(milliseconds: 0) }
        defer { arrival.reset() }
        return Timestamp(milliseconds: arrival.int(0))
    }
}
