/// What one look-up found. The raw value is the outcome's byte in a bucket's record: append only.
public enum Verdict: UInt8, Hashable, Sendable, CaseIterable {
    /// The account accepts direct messages from the checker.
    case dm = 1
    /// It does not.
    case nonDM = 2
    /// The look-up came to no conclusion; it ends the task like any other.
    case unknown = 3
    /// There is no such account.
    case nonexistent = 4
    /// The account's posts are protected.
    case protected = 5
    /// The account is suspended.
    case suspended = 6

    /// The name in the interface.
    public var name: String {
        switch self {
        case .dm: "dm"
        case .nonDM: "non_dm"
        case .unknown: "unknown"
        case .nonexistent: "nonexistent"
        case .protected: "protected"
        case .suspended: "suspended"
        }
    }

    /// The verdict of that name in the interface, if any.
    public init?(name: String) {
        // Asked for every row of a report: no array of all cases, no search.
        switch name {
        case "dm": self = .dm
        case "non_dm": self = .nonDM
        case "unknown": self = .unknown
        case "nonexistent": self = .nonexistent
        case "protected": self = .protected
        case "suspended": self = .suspended
        default: return nil
        }
    }
}

/// How soon a task is wanted.
public enum Lane: UInt8, Hashable, Comparable, Sendable, CaseIterable {
    case normal = 0
    case urgent = 1

    /// The name in the interface.
    public var name: String { self == .urgent ? "urgent" : "normal" }

    /// The lane of that name in the interface, if any.
    public init?(name: String) {
        switch name {
        case "normal": self = .normal
        case "urgent": self = .urgent
        default: return nil
        }
    }

    /// Normal before urgent.
    public static func < (lhs: Lane, rhs: Lane) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// Where a task stands.
public enum TaskState: String, Hashable, Sendable, CaseIterable {
    case unmarked, pending, bucketed, leased, done, failed
}
