/// One fact about one member, as gossip carries it.
public enum Rumor: Hashable, Sendable {
    /// The member says this about itself.
    case alive(MemberRecord)
    /// Probes by these members, 1 to ``Limits/suspecters``, failed while it was at this incarnation.
    case suspect(MemberID, Incarnation, by: [MemberID])
    /// A suspicion of it at this incarnation timed out (SWIM's *confirm*).
    case dead(MemberID, Incarnation)
    /// It said good-bye at this incarnation.
    case left(MemberID, Incarnation)

    /// Whom it is about.
    public var subject: MemberID {
        switch self {
        case .alive(let record): record.id
        case .suspect(let id, _, _), .dead(let id, _), .left(let id, _): id
        }
    }

    /// Throws when a part is out of the bounds of ``Limits``; for whoever builds one from received bytes.
    public func validate() throws(MembershipError) {
        guard case .suspect(_, _, let suspecters) = self else { return }
        guard (1...Limits.suspecters).contains(suspecters.count) else { throw .suspecterCount(suspecters.count) }
    }
}
