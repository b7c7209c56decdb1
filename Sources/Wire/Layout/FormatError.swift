import Membership

/// Why bytes are not a value. Whoever receives them counts it, and closes the link that they came over, if any.
package enum FormatError: Error, Hashable, Sendable {
    /// They end before the value does.
    case cutShort
    /// This many follow the value.
    case leftOver(Int)
    /// No kind of what stands here has this number.
    case unknownKind(UInt8)
    /// A text that is not UTF-8.
    case notUTF8
    /// A term, an index or a round above ``WireLimits/counter``.
    case counterOutOfRange(UInt64)
    /// A command of more bytes than consensus takes.
    case commandLength(Int)
    /// A configuration with more replicas of one role than a group has.
    case replicaCount(Int)
    /// Replicas of a configuration that are not in ascending order.
    case replicaOrder
    /// A datagram of one member that another one sealed.
    case foreignSource
    /// Membership does not take the value.
    case refused(MembershipError)
}
