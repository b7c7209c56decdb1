import Checks
import HashRing

/// The two clocks, read once for each input by the runtime.
public struct Moment: Hashable, Sendable {
    /// Since an arbitrary origin; never jumps. Timeouts and "how long have I been leader" go by it.
    public var monotonic: Duration
    /// What the node believes the time is; stamps go by it.
    public var wall: Timestamp

    /// Puts one together.
    public init(monotonic: Duration, wall: Timestamp) {
        self.monotonic = monotonic
        self.wall = wall
    }
}

/// Names a request under way on this node. Made by the runtime, never reused in a process's life.
public struct RequestID: Hashable, Comparable, Sendable {
    /// The number itself.
    public let rawValue: UInt64
    /// Puts one together.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    /// Earlier ones first.
    public static func < (lhs: RequestID, rhs: RequestID) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// Names a query under way. Made by the coordinator.
public struct QueryID: Hashable, Comparable, Sendable {
    /// The number itself.
    public let rawValue: UInt64
    /// Puts one together.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    /// Earlier ones first.
    public static func < (lhs: QueryID, rhs: QueryID) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// A group of consensus: 0 is the registry, every other the shard of that number.
public enum GroupKey: Hashable, Comparable, Sendable {
    case registry
    case shard(ShardID)
}

/// Names a persist effect. Numbers rise; they become durable in order.
public struct PersistTicket: Hashable, Comparable, Sendable {
    /// The number itself.
    public let rawValue: UInt64
    /// Puts one together.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    /// Earlier ones first.
    public static func < (lhs: PersistTicket, rhs: PersistTicket) -> Bool { lhs.rawValue < rhs.rawValue }
}
