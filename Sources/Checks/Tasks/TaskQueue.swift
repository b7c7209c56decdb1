/// The tasks of one service and lane, in order of arrival: `formed..<next` wait for a bucket.
struct TaskQueue {
    let id: Int
    let service: ServiceName
    let lane: Lane
    /// The number of the next task.
    var next = 0
    /// Everything below is in a bucket.
    var formed = 0
    /// Of `formed..<next`, those neither moved nor deleted.
    var waiting = 0
    /// When the last task arrived.
    var lastArrival = Timestamp(milliseconds: 0)
}

/// Tasks of one service by state, and users by verdict. Kept in the same apply as what they count.
struct ServiceCounts: Equatable {
    /// Live users that this service ever marked.
    var marked = 0
    var pending = 0
    var bucketed = 0
    var leased = 0
    var done = 0
    var failed = 0
    /// Users by their current verdict, at the verdict's raw value.
    var byVerdict = [Int](repeating: 0, count: 8)

    subscript(state: TaskState) -> Int {
        get {
            switch state {
            case .unmarked: 0
            case .pending: pending
            case .bucketed: bucketed
            case .leased: leased
            case .done: done
            case .failed: failed
            }
        }
        set {
            switch state {
            case .unmarked: break
            case .pending: pending = newValue
            case .bucketed: bucketed = newValue
            case .leased: leased = newValue
            case .done: done = newValue
            case .failed: failed = newValue
            }
        }
    }

    func packed() -> [UInt8] {
        var writer = PackedWriter()
        for value in [marked, pending, bucketed, leased, done, failed] + byVerdict { writer.count(value) }
        return writer.bytes
    }

    init() {}

    init(packed bytes: [UInt8]) {
        var reader = PackedReader(bytes)
        marked = reader.count()
        pending = reader.count()
        bucketed = reader.count()
        leased = reader.count()
        done = reader.count()
        failed = reader.count()
        for verdict in byVerdict.indices { byVerdict[verdict] = reader.count() }
    }
}
