/// Where a task stands: its queue and its place in the order of arrival. One integer, so that a range of a queue is a range
/// of keys.
struct TaskKey: Hashable, Comparable {
    let rawValue: Int64

    init(rawValue: Int64) { self.rawValue = rawValue }
    init(queue: Int, number: Int) { rawValue = Int64(queue) << 40 | Int64(number) }

    var queue: Int { Int(rawValue >> 40) }
    var number: Int { Int(rawValue & 0xFF_FFFF_FFFF) }

    /// The key `distance` places behind.
    func advanced(by distance: Int) -> TaskKey { TaskKey(rawValue: rawValue + Int64(distance)) }

    static func < (lhs: TaskKey, rhs: TaskKey) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// What became of a task before it was in a bucket. The raw value is stored: append only.
enum TaskMark: Int64 {
    case waiting = 0, moved = 1, deleted = 2
}

/// One task.
struct Task {
    var key: TaskKey
    var uid: Int64
    var mark: TaskMark
    /// The user's task before this one, of whatever service.
    var previous: TaskKey?
}
