import ShardStore

/// All queues of a shard with their counters, in memory; written back before a commit.
final class TaskQueues {
    /// By id, from 1: queue `id` is at `id - 1`.
    private(set) var all: [TaskQueue] = []
    private var ids: [Marking: Int] = [:]
    private(set) var counts: [ServiceName: ServiceCounts] = [:]
    private var changedQueues: Set<Int> = []
    private var changedServices: Set<ServiceName> = []

    private let context: ShardContext
    private let insert: Statement

    init(_ context: ShardContext) throws {
        self.context = context
        insert = try context.connection.prepare("INSERT INTO queues VALUES(?1, ?2, ?3)")
        let select = try context.connection.prepare("SELECT id, service, lane FROM queues ORDER BY id")
        while try select.next() {
            let queue = TaskQueue(
                id: Int(select.int(0)), service: ServiceName(stored: select.text(1)),
                lane: select.int(2) == 1 ? .urgent : .normal)
            all.append(queue)
            ids[Marking(service: queue.service, lane: queue.lane)] = queue.id
        }
        for position in all.indices {
            guard let bytes = try context.load("queue/\(position + 1)") else { continue }
            var reader = PackedReader(bytes)
            all[position].next = reader.count()
            all[position].formed = reader.count()
            all[position].waiting = reader.count()
            all[position].lastArrival = reader.time()
        }
        for service in Set(all.map(\.service)) {
            if let bytes = try context.load("counts/\(service)") { counts[service] = ServiceCounts(packed: bytes) }
        }
    }

    /// Reads and changes one queue.
    subscript(id: Int) -> TaskQueue {
        get { all[id - 1] }
        set {
            all[id - 1] = newValue
            changedQueues.insert(id)
        }
    }

    /// The queue of a service and lane, if anything was ever marked for it.
    func find(_ marking: Marking) -> Int? { ids[marking] }

    /// The queue of a service and lane, made when it is the first time.
    func queue(_ marking: Marking) throws -> Int {
        if let id = ids[marking] { return id }
        let id = all.count + 1
        insert.bind(1, id)
        insert.bind(2, marking.service.text)
        insert.bind(3, Int(marking.lane.rawValue))
        try insert.run()
        all.append(TaskQueue(id: id, service: marking.service, lane: marking.lane))
        ids[marking] = id
        changedQueues.insert(id)
        return id
    }

    /// Changes what is counted of one service.
    func count(_ service: ServiceName, _ change: (inout ServiceCounts) -> Void) {
        change(&counts[service, default: ServiceCounts()])
        changedServices.insert(service)
    }

    /// Writes what is only in memory, in a fixed order.
    func flush() throws {
        for id in changedQueues.sorted() {
            let queue = self[id]
            var writer = PackedWriter()
            writer.count(queue.next)
            writer.count(queue.formed)
            writer.count(queue.waiting)
            writer.time(queue.lastArrival)
            try context.store("queue/\(id)", writer.bytes)
        }
        for service in changedServices.sorted() {
            try context.store("counts/\(service)", (counts[service] ?? ServiceCounts()).packed())
        }
        changedQueues = []
        changedServices = []
    }
}
