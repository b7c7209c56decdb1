/// The number of one persist effect of one group; later effects have larger numbers.
public struct PersistID: Hashable, Comparable, Sendable {
    /// The number; the first effect after a start is 1.
    public let rawValue: UInt64

    /// A persist effect by its number.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    static let zero = PersistID(0)

    var next: PersistID { PersistID(rawValue + 1) }

    /// Earlier effects first.
    public static func < (left: PersistID, right: PersistID) -> Bool { left.rawValue < right.rawValue }
}
