/// Why an input was refused. A refused input changes nothing.
public enum MembershipError: Error, Hashable, Sendable {
    /// A host of this many bytes: none, or more than ``Limits/hostBytes``.
    case hostLength(Int)
    /// More application bytes than ``Limits/applicationBytes``.
    case applicationLength(Int)
    /// An incarnation above ``Limits/incarnation``.
    case incarnationOutOfRange(UInt64)
    /// More seeds than ``Limits/seeds``, or none.
    case seedCount(Int)
    /// More suspecters than ``Limits/suspecters``, or none.
    case suspecterCount(Int)
    /// A datagram larger than ``Limits/datagramBytes``.
    case datagramSize(Int)
    /// A full state of more rows than ``Limits/members``.
    case stateCount(Int)
    /// The member has left, or is leaving; only joining is possible now.
    case departed
}
