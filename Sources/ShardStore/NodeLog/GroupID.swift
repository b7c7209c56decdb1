/// A group of consensus as the log numbers it: 0 is the registry, every other the shard of that number.
public struct GroupID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The number.
    public let rawValue: UInt16

    /// The group of that number.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Orders groups by number.
    public static func < (lhs: GroupID, rhs: GroupID) -> Bool { lhs.rawValue < rhs.rawValue }
}
